using System.Text;
using MimeKit;
using Weir.Mail.Contracts;

namespace Weir.Mail.Tests.Support;

/// <summary>Valid values; a test names only what it is about.</summary>
internal static class Some
{
    /// <summary>The addresses of a message, as far as authentication needs them.</summary>
    public static ParsedMessage Parsed(byte[] raw)
    {
        using var stream = new MemoryStream(raw);
        var message = MimeMessage.Load(stream, TestContext.Current.CancellationToken);
        return new ParsedMessage
        {
            Size = raw.Length,
            Sha256 = "",
            From = [.. message.From.Mailboxes.Select(mailbox => new MailAddress(mailbox.Name ?? "", mailbox.Address))],
        };
    }

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text.ReplaceLineEndings("\r\n"));
}
