using System.Text;
using Weir.Kernel;
using Weir.Mail.Contracts;
using Weir.Mailboxes.Contracts;

namespace Weir.Mailboxes.Tests.Support;

/// <summary>Valid values; a test names only what it is about.</summary>
internal static class Some
{
    /// <summary>As many accounts does the real server have.</summary>
    public const int Mailboxes = 500;

    private static int _count;

    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static string Mailbox() => $"p{Interlocked.Increment(ref _count)}@corp.example";

    /// <summary>A message as Weir saw it at the door: CRLF, no id of Weir's.</summary>
    public static byte[] Mail(string subject = "hello", string messageId = "<1@sender.example>", string body = "Good morning,\r\nplease pay.\r\n") =>
        Encoding.UTF8.GetBytes(
            $"From: Ann <ann@sender.example>\r\nTo: Bob <bob@corp.example>\r\nSubject: {subject}\r\nMessage-ID: {messageId}\r\n"
            + $"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}");

    public static MessageIdentity IdentityOf(byte[] raw, DateTimeOffset? at = null) =>
        new(NetworkMessageId.New(at ?? Noon), MailContent.BodySha256(raw), MailContent.HeaderValue(raw, "Message-ID") ?? "", at ?? Noon);

    /// <summary>The same message as the mail server delivers it.</summary>
    public static MessageToStore Delivered(byte[] raw, MessageIdentity identity) =>
        new(MailContent.WithHeader(raw, "X-Weir-Id", identity.Id.ToString()), identity.ReceivedAt);
}
