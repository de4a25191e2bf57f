using System.Text;
using Weir.Detection.Contracts;
using Weir.Gateway.Contracts;
using Weir.Gateway.Milter;
using Weir.Gateway.Tests.Support;
using Weir.Kernel;

namespace Weir.Gateway.Tests.Milter;

public sealed class MilterSessionTests
{
    private const string Id = "01936000-0000-7000-8000-000000000001";
    private const string Negotiated = "O 6 19 1fb180";

    [Fact]
    public async Task A_clean_message_of_Postfix_gets_its_fields_and_goes_on()
    {
        var box = Box(DeliveryDecision.Deliver);

        var answers = await new MilterTalk { Intake = box }.Negotiate().Message(["anna@corp.example"]).Say('Q').AnswersAsync();

        Assert.Equal([Negotiated, $"i 1 X-Weir-Id| {Id}|", "i 1 X-Weir-Verdict| Clean|", "c"], answers);
        var taken = Assert.Single(box.Taken);
        Assert.Equal("From: stranger@good.example\r\nSubject: Hello\r\n there\r\n\r\nHello.\r\n", Encoding.Latin1.GetString(taken.Raw.Span));
        Assert.Equal(("stranger@good.example", "192.0.2.1", "mail.good.example", "helo.good.example", "16E13B1E026"),
            (taken.Envelope.MailFrom, taken.Envelope.ClientIp, taken.Envelope.ClientName, taken.Envelope.Helo, taken.Envelope.QueueId));
        Assert.Equal(["anna@corp.example"], taken.Envelope.Recipients);
    }

    [Fact]
    public async Task Fields_in_Weirs_name_are_removed_the_last_first()
    {
        var answers = await new MilterTalk { Intake = Box(DeliveryDecision.Deliver) }.Negotiate()
            .Message(["anna@corp.example"], ["X-Weir-Id| one|", "X-Other| stays|", "x-weir-id| two|", "X-WEIR-Anything| three|"]).AnswersAsync();

        Assert.Equal(["m 1 X-WEIR-Anything||", "m 2 x-weir-id||", "m 1 X-Weir-Id||"], answers.Where(answer => answer.StartsWith('m')));
    }

    [Theory]
    [InlineData("Reject Reject", "y 550 5.7.1 Message refused by policy, reference " + Id + "|")]
    [InlineData("Quarantine Quarantine", "d")]
    [InlineData("Reject Quarantine", "d")]
    [InlineData("Junk Junk", "i X-Weir-Junk c")]
    [InlineData("Junk Deliver", "i c")]
    [InlineData("Quarantine Deliver", "- <a0@corp.example>| i c")]
    [InlineData("Quarantine Junk", "- <a0@corp.example>| i X-Weir-Junk c")]
    [InlineData("Deliver Reject", "- <a1@corp.example>| i c")]
    public async Task Each_mix_of_decisions_has_its_answer(string decisions, string expected)
    {
        var each = decisions.Split(' ').Select(Enum.Parse<DeliveryDecision>).ToArray();

        var answers = await new MilterTalk { Intake = Box(each) }.Negotiate().Message([.. each.Select((_, i) => $"a{i}@corp.example")]).AnswersAsync();

        var short_ = answers.Skip(1).Select(answer => answer.StartsWith("i 1 X-Weir-Id", StringComparison.Ordinal) ? "i" : answer.StartsWith("i 1 X-Weir-Verdict", StringComparison.Ordinal) ? "" : answer == "i 1 X-Weir-Junk| yes|" ? "X-Weir-Junk" : answer);
        Assert.Equal(expected, string.Join(' ', short_.Where(answer => answer.Length > 0)));
    }

    [Fact]
    public async Task A_mail_server_that_wants_answers_gets_one_for_each_step()
    {
        var answers = await new MilterTalk { Intake = Box(DeliveryDecision.Quarantine) }.Negotiate(version: 2, actions: 0x3F, protocol: 0x7F).Message(["anna@corp.example"]).AnswersAsync();

        // Connection, HELO, MAIL, RCPT, DATA, two fields, end of fields, body; then the message.
        Assert.Equal(["O 2 19 0", .. Enumerable.Repeat("c", 9), "d"], answers);
    }

    [Fact]
    public async Task Without_leading_spaces_the_field_is_written_with_one()
    {
        var box = Box(DeliveryDecision.Deliver);

        await new MilterTalk { Intake = box }.Negotiate(protocol: 0xFFFFF).Say('M', "<>|").Say('R', "<anna@corp.example>|").Say('L', "Subject|Hello|").Say('N').Say('E').AnswersAsync();

        Assert.Equal("Subject: Hello\r\n\r\n", Encoding.Latin1.GetString(Assert.Single(box.Taken).Raw.Span));
        Assert.Equal("", box.Taken[0].Envelope.MailFrom);
    }

    [Fact]
    public async Task Several_messages_of_one_connection_are_apart()
    {
        var box = Box(DeliveryDecision.Deliver);

        await new MilterTalk { Intake = box }.Negotiate()
            .Message(["anna@corp.example"], queueId: "AAAAAA1")
            .Say('M', "<aborted@good.example>|").Say('R', "<ben@corp.example>|").Say('A')
            .Message(["clara@corp.example"], queueId: "BBBBBB2").AnswersAsync();

        Assert.Equal(["anna@corp.example", "clara@corp.example"], box.Taken.SelectMany(taken => taken.Envelope.Recipients));
        Assert.Equal(["AAAAAA1", "BBBBBB2"], box.Taken.Select(taken => taken.Envelope.QueueId));
    }

    [Fact]
    public async Task A_failure_inside_is_451()
    {
        var answers = await new MilterTalk { Intake = new MilterBox(_ => throw new IOException("full")) }.Negotiate().Message(["anna@corp.example"]).AnswersAsync();

        Assert.Equal([Negotiated, "y 451 4.7.1 Message cannot be examined at the moment, try again later|"], answers);
    }

    [Fact]
    public async Task A_failure_inside_passes_where_the_administrator_chose_so_and_the_message_is_kept()
    {
        var box = new MilterBox(_ => throw new IOException("full"));
        var options = new MilterOptions { OnFailure = OnFailure.Accept };

        var answers = await new MilterTalk { Intake = box, Options = options }.Negotiate().Message(["anna@corp.example"], ["X-Weir-Id| forged|"]).AnswersAsync();

        Assert.Equal([Negotiated, "m 1 X-Weir-Id||", "i 1 X-Weir-Id| 01936000-0000-7000-8000-000000000002|", "c"], answers);
        Assert.Single(box.Kept);
    }

    [Theory]
    [InlineData("Authentication-Results| mx.corp.example; spf=pass|")]
    [InlineData("authentication-results| MX.corp.example.; dkim=pass|")]
    [InlineData("Authentication-Results| (a (nested) remark) mx.corp.example (1.0);|")]
    [InlineData("Authentication-Results|\n \"mx.corp.example\"; dmarc=pass|")]
    public async Task Results_of_authentication_in_the_mail_servers_name_are_removed_and_others_stay(string forged)
    {
        string[] fields = ["Authentication-Results| relay.good.example; spf=pass|", forged, "X-Note| mx.corp.example|"];

        var answers = await new MilterTalk { Intake = Box(DeliveryDecision.Deliver) }.Negotiate().Message(["anna@corp.example"], fields).AnswersAsync();
        var kept = await new MilterTalk { Intake = Box(DeliveryDecision.Deliver), Options = new MilterOptions { KeepAuthenticationResults = true } }.Negotiate().Message(["anna@corp.example"], fields).AnswersAsync();

        Assert.Equal(["m 2 Authentication-Results||"], answers.Where(answer => answer.StartsWith('m')));
        Assert.DoesNotContain(kept, answer => answer.StartsWith('m'));
    }

    [Fact]
    public async Task A_judgement_that_takes_too_long_is_451_after_signs_of_progress()
    {
        var never = new TaskCompletionSource();
        var box = Box(DeliveryDecision.Deliver);
        box.Before = never.Task;
        var talk = new MilterTalk { Intake = box };
        talk.Clock.AutoAdvanceAmount = TimeSpan.FromSeconds(1);

        var answering = talk.Negotiate().Message(["anna@corp.example"]).AnswersAsync();
        while (!answering.IsCompleted)
        {
            talk.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var answers = await answering;
        Assert.Contains("p", answers);
        Assert.StartsWith("y 451", answers[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1 << 16, 1L << 30, "y 552 5.3.4 Message is too large to be examined|")]
    [InlineData(1 << 20, 1L << 16, "y 451 4.7.1 Message cannot be examined at the moment, try again later|")]
    public async Task Size_and_memory_are_bounded(int size, long memory, string expected)
    {
        var box = Box(DeliveryDecision.Deliver);
        var options = new MilterOptions { MaxMessageBytes = size, MemoryBytes = memory };
        var talk = new MilterTalk { Intake = box, Options = options }.Negotiate().Say('M', "<>|").Say('R', "<anna@corp.example>|").Say('L', "Subject| Hello|").Say('N');
        for (var i = 0; i < 4; i++)
        {
            talk.Say('B', new byte[60_000]);
        }

        var answers = await talk.Say('E').Message(["anna@corp.example"]).AnswersAsync();

        Assert.Equal(expected, answers[1]);
        Assert.Equal("c", answers[^1]);
        Assert.Single(box.Taken);
    }

    [Fact]
    public async Task More_recipients_than_allowed_are_452()
    {
        var answers = await new MilterTalk { Intake = Box(DeliveryDecision.Deliver), Options = new MilterOptions { Recipients = 2 } }.Negotiate().Message(["a@corp.example", "b@corp.example", "c@corp.example"]).AnswersAsync();

        Assert.Equal("y 452 4.5.3 Too many recipients|", answers[1]);
    }

    [Fact]
    public async Task A_mail_server_that_allows_too_little_is_left()
    {
        var answers = await new MilterTalk { Intake = Box(DeliveryDecision.Deliver) }.Negotiate(actions: 0x01).Message(["anna@corp.example"]).AnswersAsync();

        Assert.Empty(answers);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 1 })]
    [InlineData(new byte[] { 0, 0, 0, 9, (byte)'B', 1 })]
    [InlineData(new byte[] { 0, 0, 0, 1, (byte)'E' })]
    [InlineData(new byte[] { 0, 0, 0, 1, 0xFE })]
    public async Task Nonsense_ends_the_connection_in_peace(byte[] nonsense)
    {
        var answers = await new MilterTalk { Intake = Box(DeliveryDecision.Deliver) }.Negotiate().SayRaw(nonsense).AnswersAsync();

        Assert.Equal([Negotiated], answers);
    }

    [Fact]
    public async Task A_field_that_a_policy_wants_is_added_when_one_who_gets_the_message_has_that_policy()
    {
        var box = new MilterBox(message => new AcceptedMessage(
            NetworkMessageId.Parse(Id, provider: null),
            Some.Judged(new Judgement { Verdict = Verdict.Spam, Confidence = "Low", Score = 0 }) with
            {
                Envelope = message.Envelope,
                Decisions = [DeliveryDecision.Deliver, DeliveryDecision.Deliver, DeliveryDecision.Quarantine],
                Outcomes =
                [
                    new PolicyOutcome { Decision = DeliveryDecision.Deliver },
                    new PolicyOutcome { Decision = DeliveryDecision.Deliver, Action = PolicyAction.AddXHeader, Header = "X-Mark" },
                    new PolicyOutcome { Decision = DeliveryDecision.Quarantine, Action = PolicyAction.Quarantine, Header = "X-Not-This" },
                ],
            },
            IsSecondSighting: false));

        var answers = await new MilterTalk { Intake = box }.Negotiate().Message(["a@corp.example", "b@corp.example", "c@corp.example"]).AnswersAsync();

        Assert.Contains("i 1 X-Mark| Spam|", answers);
        Assert.DoesNotContain(answers, answer => answer.Contains("X-Not-This", StringComparison.Ordinal));
    }

    private static MilterBox Box(params DeliveryDecision[] decisions) => new(message => new AcceptedMessage(
        NetworkMessageId.Parse(Id, provider: null),
        Some.Judged(new Judgement { Verdict = Verdict.Clean, Confidence = "Low", Score = 0 }) with { Envelope = message.Envelope, Decisions = [.. message.Envelope.Recipients.Select((_, i) => decisions[i % decisions.Length])] },
        IsSecondSighting: false));
}
