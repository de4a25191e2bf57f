using Weir.Gateway.Intake;
using Weir.Gateway.Journal;
using Weir.Gateway.Tests.Support;

namespace Weir.Gateway.Tests.Journal;

public sealed class SmtpSessionTests
{
    [Fact]
    public async Task A_copy_is_recorded_with_its_envelope()
    {
        var talk = new SmtpTalk().Message("Subject: Hello\r\n\r\n..stuffed", "anna@corp.example", "b\u00f6rge@corp.example").Say("QUIT");

        var answers = await talk.AnswersAsync();

        Assert.Equal([SmtpReplies.SenderOk, SmtpReplies.RecipientOk, SmtpReplies.RecipientOk, SmtpReplies.GoOn, $"250 2.0.0 Recorded as {JournalBox.Id}", SmtpReplies.Bye], answers);
        var (raw, envelope) = Assert.Single(talk.Box.Taken);
        Assert.Equal("Subject: Hello\r\n\r\n.stuffed\r\n", raw);
        Assert.Equal("stranger@good.example", envelope.MailFrom);
        Assert.Equal(["anna@corp.example", "b\u00f6rge@corp.example"], envelope.Recipients);
    }

    [Fact]
    public async Task The_mail_server_says_who_its_client_was()
    {
        var talk = new SmtpTalk()
            .Say("EHLO mx.corp.example", "XFORWARD NAME=mail.good.example ADDR=IPV6:2001:db8::1 PORT=25", "XFORWARD HELO=a+2Bb IDENT=4D7B9B1EC04 SOURCE=REMOTE PROTO=[UNAVAILABLE]")
            .Message("Subject: Hello\r\n", "anna@corp.example");

        await talk.AnswersAsync();

        var envelope = Assert.Single(talk.Box.Taken).Envelope;
        Assert.Equal(("mail.good.example", "2001:db8::1", "a+b", "4D7B9B1EC04"), (envelope.ClientName, envelope.ClientIp, envelope.Helo, envelope.QueueId));
    }

    [Theory]
    [InlineData("MAIL FROM:<a@b.example>", SmtpReplies.NoHello)]
    [InlineData("RCPT TO:<a@b.example>", SmtpReplies.NoSender)]
    [InlineData("DATA", SmtpReplies.NoSender)]
    [InlineData("EHLO x|MAIL FROM:a@b.example", SmtpReplies.NotAPath)]
    [InlineData("EHLO x|MAIL FROM:<\"a>b\"@b.example", SmtpReplies.NotAPath)]
    [InlineData("EHLO x|MAIL FROM:<> SIZE=99999999999", SmtpReplies.TooLarge)]
    [InlineData("EHLO x|MAIL FROM:<> MADE=UP", SmtpReplies.BadParameter)]
    [InlineData("EHLO x|MAIL FROM:<> BODY=8BITMIME SMTPUTF8|MAIL FROM:<>", SmtpReplies.InMessage)]
    [InlineData("EHLO x|MAIL FROM:<>|RCPT TO:<>", SmtpReplies.NotAPath)]
    [InlineData("EHLO x|MAIL FROM:<>|DATA", SmtpReplies.NoRecipient)]
    [InlineData("EHLO x|XFORWARD ADDR", SmtpReplies.NotForwarded)]
    [InlineData("EHLO x|MAIL FROM:<>|XFORWARD ADDR=192.0.2.1", SmtpReplies.InMessage)]
    [InlineData("EHLO x|STARTTLS", SmtpReplies.NotHere)]
    [InlineData("HELP|VRFY anna|NOOP|SPEAK", SmtpReplies.Unknown)]
    public async Task What_is_out_of_turn_is_answered(string lines, string answer) =>
        Assert.Equal(answer, (await new SmtpTalk().Say(lines.Split('|')).AnswersAsync())[^1]);

    [Fact]
    public async Task A_line_feed_alone_ends_the_conversation_and_nothing_is_recorded()
    {
        var talk = new SmtpTalk().Message("Subject: one\r\n\r\nHello\n.\r\nMAIL FROM:<hidden@evil.example>\r\nRCPT TO:<anna@corp.example>\r\nDATA\r\nSubject: two\r\n", "anna@corp.example");

        var answers = await talk.AnswersAsync();

        Assert.Equal(SmtpReplies.BareLineFeed, answers[^1]);
        Assert.Empty(talk.Box.Taken);
    }

    [Fact]
    public async Task Data_before_it_was_asked_for_ends_the_conversation()
    {
        var talk = new SmtpTalk().Say("EHLO x", "MAIL FROM:<>", "RCPT TO:<anna@corp.example>", "DATA", "Subject: early", "", ".", "QUIT");

        Assert.Equal(SmtpReplies.Pipelined, (await talk.AnswersAsync())[^1]);
        Assert.Empty(talk.Box.Taken);
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_read_to_its_end_and_refused_and_the_next_is_taken()
    {
        var talk = new SmtpTalk { Options = new JournalOptions { MaxMessageBytes = 1 << 16 } }
            .Message("Subject: large\r\n\r\n" + string.Concat(Enumerable.Repeat("0123456789\r\n", 10_000)), "anna@corp.example")
            .Message("Subject: small\r\n", "anna@corp.example");

        var answers = await talk.AnswersAsync();

        Assert.Contains(SmtpReplies.TooLarge, answers);
        Assert.Contains("small", Assert.Single(talk.Box.Taken).Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recipients_beyond_the_limit_are_told_to_come_later()
    {
        var talk = new SmtpTalk { Options = new JournalOptions { Recipients = 2 } }.Message("Subject: Hello\r\n", "a@corp.example", "b@corp.example", "c@corp.example");

        Assert.Contains(SmtpReplies.TooManyRecipients, await talk.AnswersAsync());
        Assert.Equal(2, Assert.Single(talk.Box.Taken).Envelope.Recipients.Count);
    }

    [Theory]
    [InlineData(true, SmtpReplies.NoRoom)]
    [InlineData(false, SmtpReplies.TryAgain)]
    public async Task What_cannot_be_recorded_is_to_be_brought_again(bool isFull, string answer)
    {
        var talk = new SmtpTalk();
        talk.Box.Fails = isFull ? new DiskFullException("/data") : new InvalidOperationException("Broken.");

        Assert.Equal(answer, (await talk.Message("Subject: Hello\r\n", "anna@corp.example").AnswersAsync())[^1]);
    }

    [Fact]
    public async Task Beyond_the_memory_for_all_messages_the_mail_server_comes_later()
    {
        var talk = new SmtpTalk { Options = new JournalOptions { MemoryBytes = 1 << 16 } }.Message(new string('x', 70_000), "anna@corp.example");

        Assert.Equal(SmtpReplies.NoMemory, (await talk.AnswersAsync())[^1]);
    }

    [Fact]
    public async Task A_line_without_end_and_endless_errors_end_the_conversation()
    {
        Assert.Equal(SmtpReplies.TooLong, (await new SmtpTalk().SayRaw([.. Enumerable.Repeat((byte)'x', 5000)]).AnswersAsync())[^1]);
        Assert.Equal(SmtpReplies.TooManyErrors, (await new SmtpTalk().Say([.. Enumerable.Repeat("SPEAK", 30)]).AnswersAsync())[^1]);
    }
}
