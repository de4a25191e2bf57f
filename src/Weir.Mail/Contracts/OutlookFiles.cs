using Weir.Mail.Inspection.Outlook;

namespace Weir.Mail.Contracts;

/// <summary>Messages that Outlook saved as <c>.msg</c>: reports of people come as such files.</summary>
public static class OutlookFiles
{
    /// <summary>The message in the form of mail: its own header where it has one, bodies, attachments. Nothing when the bytes are no such file. Never throws.</summary>
    public static byte[]? ToMail(ReadOnlyMemory<byte> file) => OutlookMessage.ToMail(file);
}
