using CsCheck;
using Weir.Gateway.Delivery.Postfix;
using Weir.Gateway.Tests.Support;

namespace Weir.Gateway.Tests.Delivery.Postfix;

public sealed class PostfixLineTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 14, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Nov 24 13:53:08 mx postfix/lmtp[24455]: 16E13B1E026: to=<a@b.example>, relay=none", "2026-11-24T13:53:08Z", "lmtp", "16E13B1E026")]
    [InlineData("Nov  4 03:53:08 mx postfix/submission/smtpd[1]: 3Yv5Rp2mCzzJrHq: client=unknown[127.0.0.1]", "2026-11-04T03:53:08Z", "smtpd", "3Yv5Rp2mCzzJrHq")]
    [InlineData("2026-11-24T14:53:08.123456+01:00 mx postfix/qmgr[1]: 16E13B1E026: removed", "2026-11-24T13:53:08.123456Z", "qmgr", "16E13B1E026")]
    [InlineData("Dec 31 23:59:59 mx postfix-out/smtpd[1]: NOQUEUE: reject: RCPT from x", "2025-12-31T23:59:59Z", "smtpd", "NOQUEUE")]
    [InlineData("Nov 24 13:53:08 mx postfix/smtpd[1]: connect from unknown[127.0.0.1]", "2026-11-24T13:53:08Z", "smtpd", "")]
    public void A_line_is_taken_apart(string line, string at, string daemon, string queueId)
    {
        var parsed = PostfixLine.Parse(line, Now, TimeZoneInfo.Utc);

        Assert.NotNull(parsed);
        Assert.Equal((DateTimeOffset.Parse(at, null), daemon, queueId), (parsed.At, parsed.Daemon, parsed.QueueId));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Nov 24 13:53:08 mx sshd[1]: Accepted publickey")]
    [InlineData("Foo 99 13:53:08 mx postfix/smtpd[1]: 16E13B1E026: client=x")]
    [InlineData("postfix/smtpd[1]: 16E13B1E026: client=x")]
    public void Other_lines_are_nothing(string line) => Assert.Null(PostfixLine.Parse(line, Now, TimeZoneInfo.Utc));

    [Fact]
    public void Times_of_the_older_form_are_in_the_servers_zone()
    {
        var berlin = TimeZoneInfo.CreateCustomTimeZone("b", TimeSpan.FromHours(1), "b", "b");

        Assert.Equal(new DateTimeOffset(2026, 11, 24, 12, 53, 8, TimeSpan.Zero), PostfixLine.Parse("Nov 24 13:53:08 mx postfix/qmgr[1]: 16E13B1E026: removed", Now, berlin)?.At);
    }

    [Fact]
    public void A_status_is_read_from_the_left_whatever_the_strangers_wrote()
    {
        var status = Assert.IsType<RecipientStatus>(Parse(
            "lmtp", """to=<"x>, status=sent (fake)"@b.example>, orig_to=<all@b.example>, relay=127.0.0.1[127.0.0.1]:24, delay=0.4, delays=0/0/0/0, dsn=5.2.2, status=bounced (host said: 552 full, status=sent (250 fine) (in reply to DATA))"""));

        Assert.Equal("\"x>, status=sent (fake)\"@b.example", status.Recipient);
        Assert.Equal(("all@b.example", "bounced", "host said: 552 full, status=sent (250 fine) (in reply to DATA)"), (status.OriginalRecipient, status.Status, status.Reply));
    }

    [Fact]
    public void A_refusal_has_sender_recipient_client_reply_and_name()
    {
        var rejected = Assert.IsType<RecipientRejected>(Parse(
            "smtpd", "reject: RCPT from mail.good.example[192.0.2.7]: 550 5.1.1 <nobody@b.example>: Recipient address rejected: User unknown; from=<a@good.example> to=<nobody@b.example> proto=ESMTP helo=<vm>"));

        Assert.Equal(new RecipientRejected("a@good.example", "nobody@b.example", "550 5.1.1 <nobody@b.example>: Recipient address rejected: User unknown", "192.0.2.7", "vm"), rejected);
    }

    [Fact]
    public void Any_line_is_read_or_left()
    {
        var words = Gen.OneOf(
            Gen.OneOf<string>("to=<", "orig_to=<", "status=sent (", "relay=", "reject: RCPT from ", "; from=<", "]: ", "Nov 24 13:53:08 mx postfix/smtpd[1]: 16E13B1E026: ", ">", "\"", "\\", ", ", "helo=<"),
            Gen.String[Gen.Char["a1@<>[]:;=, \"\\("], 0, 8]);
        words.Array[0, 12].Sample(parts =>
        {
            var line = PostfixLine.Parse(string.Concat(parts), Now, TimeZoneInfo.Utc);
            if (line is not null)
            {
                PostfixEvents.Parse(line);
                PostfixEvents.Parse(line with { Daemon = "lmtp" });
            }
        }, iter: 20_000);
    }

    private static PostfixEvent? Parse(string daemon, string text) => PostfixEvents.Parse(new PostfixLine(Door.Morning, daemon, "16E13B1E026", text));
}
