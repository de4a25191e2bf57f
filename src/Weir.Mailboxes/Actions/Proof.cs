using Weir.Mail.Contracts;
using Weir.Mailboxes.Contracts;

namespace Weir.Mailboxes.Actions;

/// <summary>Decides whether bytes in a mailbox are the message.</summary>
internal static class Proof
{
    /// <summary>Weir's id and the body's hash agree; without any id (imported mail), Message-ID and the body's hash do.</summary>
    public static bool Agrees(ReadOnlyMemory<byte> raw, MessageIdentity message)
    {
        var id = MailContent.HeaderValue(raw, ProvenAction.IdHeader);
        var named = id is null
            ? message.InternetMessageId.Length > 0 && MailContent.HeaderValue(raw, "Message-ID") == message.InternetMessageId
            : id == message.Id.ToString();
        return named && MailContent.BodySha256(raw).Equals(message.BodySha256, StringComparison.OrdinalIgnoreCase);
    }
}
