using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Detection.Facts.History;
using Weir.Detection.Facts.Knowledge.Reputation;
using Weir.Detection.Tests.Support;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Detection.Tests.Facts.History;

public sealed class SendingHistoryTests : IDisposable
{
    private const string Nora = "nora@saltmarsh.example";
    private const string Tom = "tom.weber@harbour.example";

    private readonly DataDirectory _data = new(TestRun.NewFolder("history"));

    [Fact]
    public void Before_the_record_is_read_nothing_is_claimed()
    {
        var history = new SendingHistory();

        Assert.False(history.Before(About(Nora, Tom)).IsComplete);
        Assert.Empty(history.Before(About(Nora, Tom)).Bonds);
    }

    [Fact]
    public void Accepted_mail_makes_people_known_and_junk_does_not()
    {
        var history = Learned(Judged(Nora, Tom), Judged("mallory@evil.example", Tom, verdict: "Phish"), Judged("spammer@bulk.example", Tom, decision: "Junk"));

        Assert.False(history.Before(About(Nora, Tom)).IsFirstForAll);
        Assert.True(history.Before(About("mallory@evil.example", Tom)).IsFirstForAll);
        Assert.True(history.Before(About("spammer@bulk.example", Tom)).IsFirstForAll);
        Assert.Equal(0, history.Before(About("mallory@evil.example", Tom)).FromDomain);
    }

    [Fact]
    public void Whom_we_wrote_to_is_known_when_the_answer_comes()
    {
        var bond = Assert.Single(Learned(Judged(Tom, Nora, direction: "Outbound")).Before(About(Nora, Tom)).Bonds);

        Assert.Equal((0, 1, false), (bond.Received, bond.Sent, bond.IsFirst));
    }

    [Fact]
    public void Case_does_not_matter_and_each_recipient_has_its_own_bond()
    {
        var bonds = Learned(Judged(Nora, Tom)).Before(About(Nora.ToUpperInvariant(), "Tom.Weber@Harbour.example", "maria.keller@harbour.example")).Bonds;

        Assert.Equal([false, true], bonds.Select(bond => bond.IsFirst));
    }

    [Fact]
    public void A_known_name_from_another_address_is_seen_and_only_proven_mail_makes_a_name_known()
    {
        var history = Learned(Judged(Nora, Tom, name: "Nora Lind"), Judged(Nora, Tom, name: "Lind, Nora"), Judged("x@forged.example", Tom, name: "Sven Dahl", isProven: false));

        Assert.Equal(2, history.Before(About("nora.lind@gmail.com", Tom) with { AuthorName = "Nora Lind" }).SameNameElsewhere);
        Assert.Equal(0, history.Before(About(Nora, Tom) with { AuthorName = "Nora Lind" }).SameNameElsewhere);
        Assert.Equal(0, history.Before(About("y@other.example", Tom) with { AuthorName = "Sven Dahl" }).SameNameElsewhere);
    }

    [Fact]
    public void It_has_learned_after_a_week_and_a_hundred_messages()
    {
        Assert.False(Learned([.. Enumerable.Range(0, 150).Select(i => Judged($"p{i}@a.example", Tom, at: Some.Time.AddDays(-2)))]).Before(About(Nora, Tom)).IsLearned);
        Assert.False(Learned(Judged("p@a.example", Tom, at: Some.Time.AddDays(-20))).Before(About(Nora, Tom)).IsLearned);
        Assert.True(Learned([.. Enumerable.Range(0, 150).Select(i => Judged($"p{i}@a.example", Tom, at: Some.Time.AddDays(-8)))]).Before(About(Nora, Tom)).IsLearned);
    }

    [Fact]
    public void Recipients_of_ten_minutes_are_counted_for_our_own_and_an_average_day_is_known()
    {
        var history = Learned([.. Enumerable.Range(0, 20).Select(i => Judged(Tom, $"p{i}@a.example", direction: "Outbound", at: Some.Time.AddDays(-i / 2)))]);
        var question = About(Tom, "q@a.example", "r@a.example") with { IsOurs = true };

        Assert.Equal(2, history.Before(question).RecipientsInTenMinutes);
        Assert.Equal(4, history.Before(question with { At = Some.Time.AddMinutes(9) }).RecipientsInTenMinutes);
        Assert.Equal(2, history.Before(question with { At = Some.Time.AddMinutes(20) }).RecipientsInTenMinutes);
        Assert.Equal(2.2, history.Before(question with { At = Some.Time }).RecipientsADay, 0.1);
    }

    [Fact]
    public void Stored_mail_that_is_judged_again_is_not_mail_that_is_sent_now()
    {
        var sent = Enumerable.Range(0, 40).Select(i => Judged(Tom, $"p{i}@a.example", direction: "Outbound", at: Some.Time.AddDays(-20).AddHours(i))).ToArray();
        var history = Learned([.. sent, .. sent.Select(judged => judged with { RejudgingId = "r" })]);

        var again = sent.Select(judged => history.Before(About(Tom, judged.Recipients[0].Address) with { IsOurs = true, At = judged.ReceivedAt, IsAgain = true })).ToList();

        Assert.All(again, before => Assert.Equal(1, before.RecipientsInTenMinutes));
        Assert.Equal(1, history.Before(About(Tom, "new@a.example") with { IsOurs = true }).RecipientsInTenMinutes);
        Assert.Equal(1, Assert.Single(history.Before(About("p1@a.example", Tom)).Bonds).Sent);
    }

    [Fact]
    public void What_came_first_is_first_when_it_is_judged_again_and_what_turned_out_bad_makes_nobody_known()
    {
        var first = Judged(Nora, Tom);
        var question = About(Nora, Tom) with { At = first.ReceivedAt };

        Assert.True(Learned(first).Before(question with { IsAgain = true }).IsFirstForAll);
        Assert.False(Learned(Judged(Nora, Tom, at: Some.Time.AddDays(-2)), first).Before(question with { IsAgain = true }).IsFirstForAll);
        Assert.True(Learned(first, first with { Verdict = "Phish", RejudgingId = "r", Recipients = [first.Recipients[0] with { Decision = "Quarantine" }] }).Before(About(Nora, Tom)).IsFirstForAll);
        Assert.False(Learned(first, first with { Verdict = "Phish", RejudgingId = "r" }, first with { RejudgingId = "s" }).Before(About(Nora, Tom)).IsFirstForAll);
    }

    [Fact]
    public void What_was_seen_longest_ago_is_forgotten_beyond_the_limit()
    {
        var history = new SendingHistory(most: 60);
        foreach (var (i, fact) in Enumerable.Range(0, 200).Select(i => Judged($"p{i}@a{i}.example", Tom, at: Some.Time.AddHours(i - 300))).Index())
        {
            history.Remember(new LoggedFact(i + 1, fact));
        }

        history.Complete();

        Assert.InRange(history.Copy().Entries.Count, 1, 60);
        Assert.False(history.Before(About("p199@a199.example", Tom)).IsFirstForAll);
        Assert.True(history.Before(About("p0@a0.example", Tom)).IsFirstForAll);
    }

    [Fact]
    public async Task A_copy_is_kept_at_the_stop_and_the_next_start_reads_only_what_came_after()
    {
        var log = new ReadLog([Judged(Nora, Tom)]);
        await RunAsync(new SendingHistory(), log);
        log.Facts.Add(Judged("sven@dahl.example", Tom));
        log.ReadFrom.Clear();
        var history = new SendingHistory();

        await RunAsync(history, log);

        Assert.Equal(1, log.ReadFrom[0]);
        Assert.Equal(2, history.Cursor);
        Assert.False(history.Before(About(Nora, Tom)).IsFirstForAll);
        Assert.False(history.Before(About("sven@dahl.example", Tom)).IsFirstForAll);
    }

    [Fact]
    public async Task Reputations_are_in_the_copy_and_a_history_that_was_killed_reads_them_again_from_the_log()
    {
        var bad = Knowledge.ReputationsTests.Judged("Phish");
        var log = new ReadLog([bad, Judged(Nora, Tom)]);
        var question = new ReputationQuestion(Guid.Empty, bad.SenderFromAddress, bad.SenderIp, [(bad.Urls[0].Url, bad.Urls[0].Domain)], [], bad.EmailClusterId, [Tom], Some.Time);
        var first = new SendingHistory();
        await RunAsync(first, log);
        var before = first.Of(question);
        log.ReadFrom.Clear();

        var restarted = new SendingHistory();
        await RunAsync(restarted, log);
        Assert.Equal(2, log.ReadFrom[0]);
        AssertSame(before, restarted.Of(question));

        // Killed before any copy was kept.
        File.Delete(Path.Combine(_data.Path, "detection", "history"));
        var killed = new SendingHistory();
        await RunAsync(killed, log);
        AssertSame(before, killed.Of(question));
    }

    [Fact]
    public async Task A_copy_of_the_older_form_counts_as_none()
    {
        System.IO.Directory.CreateDirectory(Path.Combine(_data.Path, "detection"));
        var bytes = new byte[16];
        "WeirHis1"u8.CopyTo(bytes);
        await File.WriteAllBytesAsync(Path.Combine(_data.Path, "detection", "history"), [.. bytes, .. System.Security.Cryptography.SHA256.HashData(bytes)], TestContext.Current.CancellationToken);
        var log = new ReadLog([Judged(Nora, Tom)]);
        var history = new SendingHistory();

        await RunAsync(history, log);

        Assert.Equal(0, log.ReadFrom[0]);
        Assert.False(history.Before(About(Nora, Tom)).IsFirstForAll);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("changed")]
    [InlineData("of another log")]
    public async Task A_copy_that_is_damaged_or_of_another_log_counts_as_none(string how)
    {
        var log = new ReadLog([Judged(Nora, Tom), Judged("sven@dahl.example", Tom)]);
        await RunAsync(new SendingHistory(), log);
        var path = Path.Combine(_data.Path, "detection", "history");
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        if (how == "of another log")
        {
            log.Facts.RemoveAt(1);
        }
        else
        {
            bytes[20] ^= 1;
            await File.WriteAllBytesAsync(path, how == "cut" ? bytes[..^5] : bytes, TestContext.Current.CancellationToken);
        }

        log.ReadFrom.Clear();
        var history = new SendingHistory();
        await RunAsync(history, log);

        Assert.Equal(0, log.ReadFrom[0]);
        Assert.False(history.Before(About(Nora, Tom)).IsFirstForAll);
    }

    public void Dispose() => System.IO.Directory.Delete(_data.Path, recursive: true);

    private static void AssertSame(Standings expected, Standings actual)
    {
        Assert.Equal(1, actual.Client.Bad);
        Assert.Equal((expected.Client, expected.Domain, expected.Alike, expected.Wave), (actual.Client, actual.Domain, actual.Alike, actual.Wave));
        Assert.Equal(expected.Urls, actual.Urls);
        Assert.Equal(expected.Hosts, actual.Hosts);
    }

    private async Task RunAsync(SendingHistory history, ReadLog log)
    {
        using var reader = new HistoryReader(history, log, _data, TimeProvider.System, NullLogger<HistoryReader>.Instance);
        await reader.StartAsync(TestContext.Current.CancellationToken);
        await reader.ExecuteTask!;
        await reader.StopAsync(TestContext.Current.CancellationToken);
    }

    private static SendingQuestion About(string author, params string[] recipients) => new(author, "", recipients, IsOurs: false, Some.Time);

    private static SendingHistory Learned(params MessageJudged[] facts)
    {
        var history = new SendingHistory();
        foreach (var (i, fact) in facts.Index())
        {
            history.Remember(new LoggedFact(i + 1, fact));
        }

        history.Complete();
        return history;
    }

    private static MessageJudged Judged(string from, string to, string name = "", string verdict = "Clean", string decision = "Deliver", string direction = "Inbound", bool isProven = true, DateTimeOffset? at = null) => new()
    {
        At = at ?? Some.Time.AddHours(-1),
        ReceivedAt = at ?? Some.Time.AddHours(-1),
        Id = NetworkMessageId.New(Some.Time),
        Verdict = verdict,
        SenderFromAddress = from,
        SenderDisplayName = name,
        EmailDirection = direction,
        AuthenticationDetails = isProven ? """{"SPF":"pass","DKIM":"pass","DMARC":"pass","CompAuth":"pass"}""" : """{"SPF":"fail","DKIM":"none","DMARC":"fail","CompAuth":"fail"}""",
        Recipients = [new RecordedRecipient { Address = to, Decision = decision }],
    };

    /// <summary>A log whose following ends with what is there.</summary>
    private sealed class ReadLog(List<Fact> facts) : IEventLog
    {
        public List<Fact> Facts { get; } = facts;

        public List<long> ReadFrom { get; } = [];

        public long Last => Facts.Count;

        public ValueTask<long> AppendAsync(IReadOnlyList<Fact> facts, CancellationToken cancellationToken) => throw new NotSupportedException();

        public async IAsyncEnumerable<LoggedFact> ReadAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            ReadFrom.Add(after);
            await Task.Yield();
            for (var i = (int)after; i < Facts.Count; i++)
            {
                yield return new LoggedFact(i + 1, Facts[i]);
            }
        }

        public IAsyncEnumerable<LoggedFact> FollowAsync(long after, CancellationToken cancellationToken) => ReadAsync(after, cancellationToken);

        public ValueTask WaitUntilShownAsync(long sequence, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
