using Weir.Access.Contracts;
using Weir.Detection.Contracts;
using Weir.Events.Contracts;
using Weir.Gateway.Contracts;
using Weir.Gateway.Rejudging;
using Weir.Gateway.Tests.Support;
using Weir.Mail.Contracts;

namespace Weir.Gateway.Tests.Rejudging;

public sealed class RejudgingsTests
{
    private static readonly Judgement Phish = new() { Verdict = Verdict.Phish, Threats = [ThreatType.Phish], Confidence = "High", Score = 5 };
    private static readonly RejudgingRequest Week = new("a new rule", TimeSpan.FromDays(7));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static IProgress<RejudgingProgress> Silent { get; } = new Progress<RejudgingProgress>();

    [Fact]
    public async Task What_is_called_otherwise_now_is_recorded_with_the_reason_and_what_was_done_with_it_stays()
    {
        await using var archive = new Archive(new OneJudge(DeliveryDecision.Deliver));
        var bad = await archive.AcceptAsync(Some.Incoming(body: "See https://bad.example/login"));
        await archive.AcceptAsync(Some.Incoming(id: "<2@good.example>"));
        archive.Clock.Advance(TimeSpan.FromHours(1));
        archive.Judge.Says = message => message.Id == bad.Id ? Phish : new Judgement { Verdict = Verdict.Clean, Confidence = "Low", Score = 0 };
        archive.Judge.Decides = DeliveryDecision.Quarantine;

        var done = await archive.Rejudgings.RunAsync(Archive.Analyst, Week, Silent, Token);

        Assert.Equal(new RejudgingProgress(2, 2, 1, 0), done);
        var facts = await archive.FactsAsync();
        var again = Assert.Single(facts.OfType<MessageJudged>(), judged => judged.RejudgingId.Length > 0);
        var ended = Assert.IsType<RejudgingEnded>(facts[^1]);
        Assert.Equal((bad.Id, "Phish", "Clean", "a new rule", "Quarantine"), (again.Id, again.Verdict, again.RejudgedFrom, again.RejudgedFor, again.Recipients[0].Decision));
        Assert.Equal((again.RejudgingId, "a new rule", 2, 1), (ended.RejudgingId, ended.Reason, (int)ended.Judged, (int)ended.Changed));
        Assert.Equal(["Phish|Unknown|"], await archive.AskAsync("EmailEvents | where ThreatTypes == 'Phish' | project ThreatTypes, DeliveryAction, OriginalThreatTypes"));
        Assert.Equal(["Clean|", "Phish|a new rule; before: Clean"], await archive.AskAsync($"WeirDeliveryEvents | where NetworkMessageId == '{bad.Id}' and Event == 'Judged' | order by Timestamp asc | project Result, Why"));
        Assert.Equal("MailJudgedAgain", Assert.Single(archive.Audit.Entries).Operation);
    }

    [Fact]
    public async Task Mail_is_judged_with_what_authentication_said_on_arrival()
    {
        await using var archive = new Archive();
        archive.Judge.Authentication = new AuthenticationResults
        {
            Spf = SpfResult.Pass, SpfDomain = "good.example", Dkim = DkimResult.Fail, Signatures = [new DkimSignatureResult(DkimResult.Fail, "good.example", "s1", "body hash")],
            Dmarc = DmarcResult.Fail, Policy = DmarcPolicy.Reject, OrganizationalDomain = "good.example", Composite = CompositeResult.Fail, CompositeReason = "000 failed",
            Arc = new ArcChain { Result = ArcResult.Pass, Sets = [new ArcSet { Instance = 1, Domain = "list.example", Selector = "a", Seal = DkimResult.Pass, ReportedResults = "spf=pass" }] },
        };
        await archive.AcceptAsync(Some.Incoming());
        MessageToJudge? asked = null;
        archive.Judge.Says = message =>
        {
            asked = message;
            return Phish;
        };

        await archive.Rejudgings.RunAsync(Archive.Analyst, Week, Silent, Token);

        Assert.Null(asked!.RecordedAuthentication);
        Assert.Equivalent(archive.Judge.Authentication, asked.EarlierAuthentication, strict: true);
        Assert.Equal("192.0.2.1", asked.Envelope.ClientIp);
    }

    [Fact]
    public async Task Mail_is_judged_with_what_history_told_on_arrival_the_third_time_as_the_second()
    {
        await using var archive = new Archive();
        archive.Judge.History = "{\"Sender\":{\"IsLearned\":true},\"Here\":{}}";
        await archive.AcceptAsync(Some.Incoming());
        var asked = new List<MessageToJudge>();
        archive.Judge.Says = message =>
        {
            asked.Add(message);
            return asked.Count == 1 ? Phish : Phish with { Verdict = Verdict.Malware, Threats = [ThreatType.Malware] };
        };
        archive.Judge.History = "{\"Sender\":{},\"Here\":{}}";

        for (var i = 0; i < 2; i++)
        {
            archive.Clock.Advance(TimeSpan.FromMinutes(1));
            await archive.Rejudgings.RunAsync(Archive.Analyst, Week, Silent, Token);
            archive.Show();
        }

        Assert.All(asked, message => Assert.Equal((true, true, false), (message.IsAgain, message.EarlierHistory.Contains("IsLearned", StringComparison.Ordinal), message.WithLaterKnowledge)));
        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public async Task What_entries_cause_comes_between_the_batches_of_what_else_is_under_way()
    {
        await using var archive = new Archive();
        await archive.AcceptAsync([.. Enumerable.Range(0, 251).Select(i => Some.Incoming(id: $"<{i}@good.example>"))]);
        archive.Judge.Says = _ => Phish;
        archive.Clock.Advance(TimeSpan.FromMinutes(1));
        Task<bool>? urgent = null;
        IReadOnlyCollection<string> ids = [(await archive.AskAsync("EmailEvents | summarize min(NetworkMessageId)"))[0]];
        var watching = new InPlace(_ =>
        {
            archive.Show();
            urgent ??= archive.Rejudgings.RunAsync(new NewlyKnown("new entry: x", "Url", Door.Morning.AddDays(-1), _ => ValueTask.FromResult(ids)) { IsUrgent = true }, archive.List.Current(Door.Morning), Token);
            for (var i = 0; i < 50 && !urgent.IsCompleted; i++)
            {
                archive.Show();
                Thread.Sleep(20);
            }

            archive.Show();
        });

        var done = await archive.Rejudgings.RunAsync(Archive.Analyst, Week, watching, Token);

        Assert.True(await urgent!);
        Assert.Equal(["new entry: x", "a new rule"], (await archive.FactsAsync()).OfType<RejudgingEnded>().Select(ended => ended.Reason));
        // The last one was said by the entry already.
        Assert.Equal((251, 250), ((int)done.Judged, (int)done.Changed));
    }

    [Fact]
    public async Task Mail_that_is_not_where_policy_wants_it_now_is_acted_on_when_that_is_asked_for()
    {
        await using var archive = new Archive();
        archive.Judge.Says = _ => Phish;
        await archive.AcceptAsync(Some.Incoming());
        archive.Clock.Advance(TimeSpan.FromMinutes(1));
        archive.Judge.Decides = DeliveryDecision.Quarantine;

        var usual = await archive.Rejudgings.RunAsync(Archive.Analyst, Week, Silent, Token);
        var places = await archive.Rejudgings.RunAsync(Archive.Analyst, Week with { AllPlaces = true }, Silent, Token);

        Assert.Equal((new RejudgingProgress(1, 1, 0, 0), new RejudgingProgress(1, 1, 0, 0, 1)), (usual, places));
        var again = Assert.Single((await archive.FactsAsync()).OfType<MessageJudged>(), judged => judged.RejudgingId.Length > 0);
        Assert.Equal(("Phish", "Phish", "Quarantine"), (again.Verdict, again.RejudgedFrom, again.Recipients[0].Decision));
        Assert.Equal(again.RejudgingId, Assert.Single((await archive.FactsAsync()).OfType<RejudgingEnded>()).RejudgingId);
    }

    private sealed class InPlace(Action<RejudgingProgress> show) : IProgress<RejudgingProgress>
    {
        public void Report(RejudgingProgress value) => show(value);
    }

    [Fact]
    public async Task Stopped_in_between_it_goes_on_under_the_same_id()
    {
        await using var archive = new Archive();
        await archive.AcceptAsync(Some.Incoming());
        await archive.AcceptAsync(Some.Incoming(id: "<2@good.example>"));
        archive.Judge.Says = _ => Phish;
        archive.Clock.Advance(TimeSpan.FromMinutes(1));
        await archive.Rejudgings.RunAsync(Archive.Analyst, Week, Silent, Token);
        var first = (await archive.FactsAsync()).OfType<RejudgingEnded>().Single();

        // As if it was killed after it had said what changed.
        await File.WriteAllTextAsync(archive.PathOf("rejudging.json"), $$"""{"Id":"{{first.RejudgingId}}","Reason":"a new rule","About":"Other","FirstSequence":{{first.FirstSequence}}}""", Token);
        archive.Show();
        await archive.Rejudgings.RunAsync(Archive.Analyst, Week, Silent, Token);

        var facts = await archive.FactsAsync();
        Assert.Equal(2, facts.OfType<MessageJudged>().Count(judged => judged.RejudgingId == first.RejudgingId));
        Assert.Equal([(first.RejudgingId, first.FirstSequence), (first.RejudgingId, first.FirstSequence)], facts.OfType<RejudgingEnded>().Select(ended => (ended.RejudgingId, ended.FirstSequence)));
        Assert.False(File.Exists(archive.PathOf("rejudging.json")));
    }

    [Fact]
    public async Task What_one_that_was_stopped_has_said_is_acted_on_although_another_comes_first()
    {
        await using var archive = new Archive();
        await archive.AcceptAsync(Some.Incoming());
        await File.WriteAllTextAsync(archive.PathOf("rejudging.json"), """{"Id":"r1","Reason":"an entry","About":"Url","FirstSequence":1}""", Token);

        await archive.Rejudgings.RunAsync(Archive.Analyst, Week, Silent, Token);

        var ended = Assert.Single((await archive.FactsAsync()).OfType<RejudgingEnded>());
        Assert.Equal(("r1", "an entry", "Url", 1L), (ended.RejudgingId, ended.Reason, ended.About, ended.FirstSequence));
        Assert.False(File.Exists(archive.PathOf("rejudging.json")));
    }

    [Fact]
    public async Task What_one_that_was_stopped_has_said_is_acted_on_although_nobody_goes_on_with_it()
    {
        await using var archive = new Archive();
        await archive.AcceptAsync(Some.Incoming());
        await File.WriteAllTextAsync(archive.PathOf("rejudging.json"), """{"Id":"r1","Reason":"by hand","About":"Other","FirstSequence":1}""", Token);

        await archive.Rejudgings.CloseAsync(Token);
        await archive.Rejudgings.CloseAsync(Token);

        Assert.Equal("r1", Assert.Single((await archive.FactsAsync()).OfType<RejudgingEnded>()).RejudgingId);
        Assert.False(File.Exists(archive.PathOf("rejudging.json")));
    }

    [Fact]
    public async Task A_condition_may_end_in_a_note()
    {
        await using var archive = new Archive();
        await archive.AcceptAsync(Some.Incoming());

        var done = await archive.Rejudgings.RunAsync(Archive.Analyst, Week with { Where = "true // all of it" }, Silent, Token);

        Assert.Equal(1, done.Judged);
    }

    [Fact]
    public async Task Only_mail_that_a_condition_holds_for_is_judged_and_one_that_cannot_be_read_is_said()
    {
        await using var archive = new Archive();
        await archive.AcceptAsync(Some.Incoming());
        archive.Judge.Says = _ => Phish;

        var none = await archive.Rejudgings.RunAsync(Archive.Analyst, Week with { Where = "SenderFromDomain == 'other.example'" }, Silent, Token);

        Assert.Equal(new RejudgingProgress(0, 0, 0, 0), none);
        await Assert.ThrowsAsync<QuestionException>(() => archive.Rejudgings.RunAsync(Archive.Analyst, Week with { Where = "Nonsense ===" }, Silent, Token).AsTask());
        await Assert.ThrowsAsync<AccessDeniedException>(() => archive.Rejudgings.RunAsync(Door.Importer, Week, Silent, Token).AsTask());
        Assert.Empty((await archive.FactsAsync()).OfType<RejudgingEnded>());
    }

    [Fact]
    public async Task A_message_that_cannot_be_judged_or_was_erased_does_not_keep_the_others_from_it()
    {
        await using var archive = new Archive();
        var broken = await archive.AcceptAsync(Some.Incoming());
        await archive.AcceptAsync(Some.Incoming(id: "<2@good.example>"));
        archive.Judge.Says = message => message.Id == broken.Id ? throw new InvalidOperationException("broken") : Phish;

        var done = await archive.Rejudgings.RunAsync(Archive.Analyst, Week, Silent, Token);

        Assert.Equal(new RejudgingProgress(2, 1, 1, 1), done);
    }
}
