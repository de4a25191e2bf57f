using Weir.Detection.Contracts;
using Weir.Events.Contracts;
using Weir.Gateway.Tests.Support;
using Weir.Intelligence.Contracts;

namespace Weir.Gateway.Tests.Rejudging;

public sealed class KnowledgeWatchTests
{
    private static readonly AllowBlockEntry Entry = new(EntryKind.UrlDomain, "bad.example", IsAllow: false, Expires: null, Note: "");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_new_entry_judges_the_mail_again_that_it_speaks_of_and_so_does_its_removal()
    {
        await using var archive = await MailAsync();
        await archive.Watch.StartAsync(TestContext.Current.CancellationToken);
        await LookedAsync(archive);
        archive.List.Entries = [Entry];
        await LookedAsync(archive);
        archive.Show();
        archive.List.Entries = [];
        await LookedAsync(archive);
        await archive.Watch.StopAsync(Token);

        Assert.Equal(["new entry: block URL domain bad.example|Url", "removed entry: block URL domain bad.example|Url"], await EndedAsync(archive));
        Assert.Equal(2 + 2, archive.Judge.Asked);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_judgement_that_was_stopped_is_ended_at_the_next_start()
    {
        await using var archive = await MailAsync();
        await File.WriteAllTextAsync(archive.PathOf("rejudging.json"), """{"Id":"r1","Reason":"by hand","About":"Other","FirstSequence":1}""", Token);

        await archive.Watch.StartAsync(TestContext.Current.CancellationToken);
        await LookedAsync(archive);
        await archive.Watch.StopAsync(Token);

        Assert.Equal(["by hand|Other"], await EndedAsync(archive));
    }

    [Fact(Timeout = 60_000)]
    public async Task Entries_that_were_there_at_the_first_start_and_entries_that_run_out_change_nothing()
    {
        await using var archive = await MailAsync();
        archive.List.Entries = [Entry, Entry with { Value = "good.example", Expires = Door.Morning.AddMinutes(1) }];
        await archive.Watch.StartAsync(TestContext.Current.CancellationToken);
        await LookedAsync(archive);
        archive.Clock.Advance(TimeSpan.FromMinutes(2));
        await LookedAsync(archive);
        await archive.Watch.StopAsync(Token);

        Assert.Empty(await EndedAsync(archive));
        Assert.Equal(2, archive.Judge.Asked);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_entry_that_came_while_nobody_watched_is_new_all_the_same()
    {
        await using var archive = await MailAsync();
        await archive.Watch.StartAsync(TestContext.Current.CancellationToken);
        await LookedAsync(archive);
        await archive.Watch.StopAsync(Token);
        archive.List.Entries = [Entry];
        await archive.Watch.StartAsync(TestContext.Current.CancellationToken);
        await LookedAsync(archive);
        await archive.Watch.StopAsync(Token);

        Assert.Single(await EndedAsync(archive));
    }

    [Fact(Timeout = 60_000)]
    public async Task Indicators_that_come_judge_the_mail_again_that_they_name()
    {
        await using var archive = await MailAsync();
        await archive.IndicatorWatch.StartAsync(TestContext.Current.CancellationToken);
        await LookedAsync(archive, () => archive.Indicators.Asked);
        archive.Indicators.Host = "www.bad.example";
        await LookedAsync(archive, () => archive.Indicators.Asked);
        await archive.IndicatorWatch.StopAsync(Token);

        Assert.Equal(["the indicator files changed (version www.bad.example)|Other"], await EndedAsync(archive));
        Assert.Equal(2 + 1, archive.Judge.Asked);
    }

    private static async Task<Archive> MailAsync()
    {
        var archive = new Archive();
        await archive.AcceptAsync(Some.Incoming(body: "See https://www.bad.example/login"));
        await archive.AcceptAsync(Some.Incoming(id: "<2@good.example>", body: "See https://www.other.example/"));
        var turn = 0;
        archive.Judge.Says = _ => ++turn % 2 == 1
            ? new Judgement { Verdict = Verdict.Phish, Threats = [ThreatType.Phish], Confidence = "High", Score = 5 }
            : new Judgement { Verdict = Verdict.Clean, Confidence = "Low", Score = 0 };
        return archive;
    }

    [Fact(Timeout = 60_000)]
    public async Task When_the_list_changes_while_mail_is_judged_its_last_state_wins_and_is_the_cause()
    {
        await using var archive = await MailAsync();
        await archive.Watch.StartAsync(TestContext.Current.CancellationToken);
        await LookedAsync(archive);
        archive.Judge.Says = _ =>
        {
            // Judged as allowed and as blocked: the second entry came in between.
            archive.List.Entries = [Entry with { IsAllow = true }, Entry];
            return new Judgement { Verdict = Verdict.HighConfidencePhish, Threats = [ThreatType.Phish], Confidence = "High", Score = 101 };
        };
        archive.List.Entries = [Entry with { IsAllow = true }];
        await LookedAsync(archive);
        await LookedAsync(archive);
        await archive.Watch.StopAsync(Token);

        Assert.Equal(["new entry: block URL domain bad.example|Url"], await EndedAsync(archive));
        Assert.Equal("new entry: block URL domain bad.example", Assert.Single((await archive.FactsAsync()).OfType<MessageJudged>(), judged => judged.RejudgingId.Length > 0).RejudgedFor);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_removed_entry_judges_all_mail_again_that_it_made_bad_however_old()
    {
        await using var archive = await MailAsync();
        var blocks = new Signal { Name = "blocked-url", Technology = DetectionTechnology.UrlMaliciousReputation, Threat = ThreatType.Phish, Evidence = "", IsConclusive = true, Override = OverrideKind.OrganizationBlock, ListEntry = 7 };
        archive.Judge.Says = _ => new Judgement { Verdict = Verdict.HighConfidencePhish, Threats = [ThreatType.Phish], Confidence = "High", Score = 101, Signals = [blocks] };
        await archive.Watch.StartAsync(TestContext.Current.CancellationToken);
        await LookedAsync(archive);
        archive.List.Entries = [Entry with { Id = 7 }];
        await LookedAsync(archive);
        archive.Clock.Advance(TimeSpan.FromDays(31));
        archive.Judge.Says = _ => new Judgement { Verdict = Verdict.Clean, Confidence = "Low", Score = 0 };
        archive.List.Entries = [];
        await LookedAsync(archive);
        await archive.Watch.StopAsync(Token);

        Assert.Equal(["new entry: block URL domain bad.example|Url", "removed entry: block URL domain bad.example|Url"], await EndedAsync(archive));
        Assert.Equal("Clean", (await archive.FactsAsync()).OfType<MessageJudged>().Last().Verdict);
    }

    private static Task LookedAsync(Archive archive) => LookedAsync(archive, () => archive.List.Asked);

    private static async Task LookedAsync(Archive archive, Func<int> looks)
    {
        for (var asked = looks(); looks() < asked + 4;)
        {
            archive.Show();
            archive.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20, Token);
        }
    }

    private static async Task<IReadOnlyList<string>> EndedAsync(Archive archive) =>
        [.. (await archive.FactsAsync()).OfType<RejudgingEnded>().Select(ended => $"{ended.Reason}|{ended.About}")];
}
