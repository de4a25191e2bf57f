using Weir.Detection.Contracts;
using Weir.Events.Contracts;
using Weir.Gateway.Intake;
using Weir.Gateway.Tests.Support;
using Weir.Intelligence.Contracts;

namespace Weir.Gateway.Tests.Intake;

public sealed class RejudgedMailTests
{
    private static readonly AllowBlockEntry Entry = new(EntryKind.UrlDomain, "bad.example", IsAllow: false, Expires: null, Note: "");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task What_a_new_entry_makes_bad_is_called_bad_and_what_was_done_with_it_stays()
    {
        using var door = new Door(judge: new OneJudge(DeliveryDecision.Deliver));
        await door.AcceptAsync(Some.Incoming(body: "See https://www.bad.example/login"));
        await door.AcceptAsync(Some.Incoming(id: "<2@good.example>", body: "See https://good.example/"));
        await door.Rejudged.StartAsync(TestContext.Current.CancellationToken);
        await LookedAsync(door, times: 2);
        door.Judge.Says = _ => new Judgement { Verdict = Verdict.Phish, Threats = [ThreatType.Phish], Confidence = "High", Score = 5 };

        door.Blocks.Entries = [Entry];
        while (door.Log.Facts.OfType<MessageJudged>().Count() < 3)
        {
            door.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10, Token);
        }

        await door.Rejudged.StopAsync(Token);
        var judged = door.Log.Facts.OfType<MessageJudged>().ToList();
        Assert.Equal(("Clean", "Phish", judged[0].Id), (judged[0].Verdict, judged[2].Verdict, judged[2].Id));
        Assert.Equal(("Deliver", judged[0].EmailAction), (judged[2].Recipients[0].Decision, judged[2].EmailAction));
        Assert.Equal(3, door.Judge.Asked);
    }

    [Fact(Timeout = 30_000)]
    public async Task Entries_that_were_there_at_the_first_start_and_old_mail_change_nothing()
    {
        using var door = new Door();
        await door.AcceptAsync(Some.Incoming(body: "See https://bad.example/"));
        door.Blocks.Entries = [Entry];
        await door.Rejudged.StartAsync(TestContext.Current.CancellationToken);
        await LookedAsync(door, times: 2);
        door.Clock.Advance(RejudgedMail.Within);
        door.Blocks.Entries = [Entry, Entry with { Value = "www.bad.example" }, Entry with { Kind = EntryKind.SenderDomain, Value = "good.example" }];
        await LookedAsync(door, times: 3);
        await door.Rejudged.StopAsync(Token);
        Assert.Equal(1, door.Judge.Asked);
    }

    private static async Task LookedAsync(Door door, int times)
    {
        for (var asked = door.Blocks.Asked; door.Blocks.Asked < asked + times;)
        {
            door.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10, Token);
        }
    }

    [Theory]
    [InlineData(EntryKind.Sender, "stranger@good.example", true)]
    [InlineData(EntryKind.SenderDomain, "good.example", true)]
    [InlineData(EntryKind.SenderDomain, "ood.example", false)]
    [InlineData(EntryKind.Url, "https://a.bad.example/x", true)]
    [InlineData(EntryKind.UrlDomain, "bad.example", true)]
    [InlineData(EntryKind.UrlDomain, "a.bad.example.org", false)]
    [InlineData(EntryKind.FileHash, "AB", true)]
    [InlineData(EntryKind.IpAddress, "192.0.2.0/24", true)]
    [InlineData(EntryKind.IpAddress, "192.0.2.2", false)]
    public void An_entry_speaks_of_the_mail_that_has_its_value(EntryKind kind, string value, bool concerns)
    {
        var judged = new MessageJudged
        {
            At = Door.Morning,
            Id = Weir.Kernel.NetworkMessageId.New(Door.Morning),
            ReceivedAt = Door.Morning,
            Verdict = "Clean",
            SenderFromAddress = "Stranger@Good.example",
            SenderIp = "192.0.2.1",
            Urls = [new RecordedUrl { Url = "https://a.bad.example/x?y", Domain = "a.bad.example" }],
            Attachments = [new RecordedAttachment { Sha256 = "ab" }],
        };

        Assert.Equal(concerns, BlockedSince.MayConcern(Entry with { Kind = kind, Value = value }, judged));
    }
}
