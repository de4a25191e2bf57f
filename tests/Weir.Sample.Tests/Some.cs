using MimeKit;
using Weir.Mail.Contracts;

namespace Weir.Sample.Tests;

internal static class Some
{
    /// <summary>The addresses of a message, as far as authentication needs them.</summary>
    public static ParsedMessage Parsed(ReadOnlyMemory<byte> raw)
    {
        using var stream = new MemoryStream(raw.ToArray());
        using var message = MimeMessage.Load(stream, TestContext.Current.CancellationToken);
        return new ParsedMessage
        {
            Size = raw.Length,
            Sha256 = "",
            From = [.. message.From.Mailboxes.Select(mailbox => new MailAddress(mailbox.Name ?? "", mailbox.Address))],
        };
    }
}
