using Weir.Access.Contracts;
using Weir.Events.Asking;
using Weir.Events.Contracts;
using Weir.Events.Tests.Support;

namespace Weir.Events.Tests.Asking;

public sealed class QuestionsTests : IDisposable
{
    private static readonly Caller Analyst = Caller.System("test", Permission.EmailMetadataRead);

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_question_is_answered_from_the_rows_that_are_shown()
    {
        await using var store = await StoreWithMailAsync();
        using var questions = Door(store);

        var answer = await questions.AskAsync(Analyst, new Question("EmailEvents | where RecipientEmailAddress startswith 'anna' | project Timestamp, Subject, ThreatTypes, LatestDeliveryLocation"), Token);

        Assert.Equal(["datetime", "string", "string", "string"], answer.Columns.Select(column => column.Type));
        Assert.Equal([Some.Noon.UtcDateTime, "Invoice", "Phish", "Deleted items"], Assert.Single(answer.Rows));
    }

    [Fact]
    public async Task Evidence_can_be_looked_into()
    {
        await using var store = await StoreWithMailAsync();
        using var questions = Door(store);

        var answer = await questions.AskAsync(Analyst, new Question("WeirMessageEvidence | mv-expand Signals | project Name = tostring(Signals.Name), Weight = todouble(Signals.Weight), Helo = tostring(Envelope.helo)"), Token);

        Assert.Equal(["spoof", 4.5, "evil.example"], Assert.Single(answer.Rows));
    }

    [Fact]
    public async Task Parameters_are_values_and_never_text_of_the_query()
    {
        await using var store = await StoreWithMailAsync();
        using var questions = Door(store);
        var question = new Question("EmailEvents | where RecipientEmailAddress == who | count") { Parameters = new Dictionary<string, object>(StringComparer.Ordinal) { ["who"] = "x' or 1 == 1 or 'a' == '" } };

        Assert.Equal([0L], Assert.Single((await questions.AskAsync(Analyst, question, Token)).Rows));
    }

    [Fact]
    public async Task Whoever_asks_much_waits_for_their_own_questions_and_others_are_answered()
    {
        await using var store = await StoreWithMailAsync();
        using var questions = Door(store);
        var colleague = Caller.System("colleague", Permission.EmailMetadataRead);
        var many = new Question("range x from 1 to 100000 step 1");
        var running = new List<IAsyncEnumerator<Answer>>();
        for (var i = 0; i < 3; i++)
        {
            running.Add(questions.StreamAsync(Analyst, many, Token).GetAsyncEnumerator(Token));
            Assert.True(await running[i].MoveNextAsync());
        }

        var one = new Question("print 1") { Timeout = TimeSpan.FromSeconds(1) };
        await Assert.ThrowsAsync<QuestionException>(async () => await questions.AskAsync(Analyst, one, Token));
        Assert.Single((await questions.AskAsync(colleague, new Question("print 1"), Token)).Rows);

        await running[0].DisposeAsync();
        Assert.Single((await questions.AskAsync(Analyst, new Question("print 1"), Token)).Rows);
        await running[1].DisposeAsync();
        await running[2].DisposeAsync();
    }

    [Fact]
    public async Task Without_the_right_there_is_no_answer()
    {
        await using var store = await StoreWithMailAsync();
        using var questions = Door(store);
        var nobody = Caller.System("nobody", Permission.AuditRead);

        await Assert.ThrowsAsync<AccessDeniedException>(async () => await questions.AskAsync(nobody, new Question("EmailEvents"), Token));
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await questions.StreamAsync(nobody, new Question("EmailEvents"), Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_mistake_is_reported_with_its_place()
    {
        await using var store = await StoreWithMailAsync();
        using var questions = Door(store);

        var mistake = await Assert.ThrowsAsync<QuestionException>(async () => await questions.AskAsync(Analyst, new Question("EmailEvents\n| where Nonsense == 1"), Token));

        Assert.Equal((2, 9), (mistake.Line, mistake.Column));
    }

    [Fact]
    public async Task A_cut_answer_says_so()
    {
        await using var store = await StoreWithMailAsync();
        using var questions = Door(store);

        var cut = await questions.AskAsync(Analyst, new Question("range x from 1 to 10 step 1") { MaxRows = 9 }, Token);
        var whole = await questions.AskAsync(Analyst, new Question("range x from 1 to 10 step 1") { MaxRows = 10 }, Token);

        Assert.Equal((9, true), (cut.Rows.Count, cut.IsTruncated));
        Assert.Equal((10, false), (whole.Rows.Count, whole.IsTruncated));
    }

    [Fact]
    public async Task A_stream_brings_all_rows_in_parts()
    {
        await using var store = await StoreWithMailAsync();
        using var questions = Door(store);

        var parts = await questions.StreamAsync(Analyst, new Question("range x from 1 to 2500 step 1") { MaxRows = 10 }, Token).ToListAsync(Token);

        Assert.Equal([1000, 1000, 500], parts.Select(part => part.Rows.Count));
        Assert.Equal(Enumerable.Range(1, 2500).Select(x => (long)x), parts.SelectMany(part => part.Rows).Select(row => (long)row[0]!).Order());
    }

    [Fact]
    public async Task A_stream_without_rows_still_has_its_columns()
    {
        await using var store = await StoreWithMailAsync();
        using var questions = Door(store);

        var part = Assert.Single(await questions.StreamAsync(Analyst, new Question("CampaignInfo | project CampaignId"), Token).ToListAsync(Token));

        Assert.Equal("CampaignId", Assert.Single(part.Columns).Name);
    }

    [Fact]
    public async Task A_question_that_takes_too_long_is_stopped()
    {
        await using var store = await StoreWithMailAsync();
        using var questions = Door(store);
        var endless = new Question("range x from 1 to 900000 step 1 | extend k = 1 | join kind=inner (range y from 1 to 200000 step 1 | extend k = 1) on k | summarize sum(x * y)") { Timeout = TimeSpan.FromMilliseconds(300) };

        var stopped = await Assert.ThrowsAsync<QuestionException>(async () => await questions.AskAsync(Analyst, endless, Token));

        Assert.Contains("0.3 seconds", stopped.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_caller_who_goes_away_at_any_moment_stops_the_question()
    {
        await using var store = await StoreWithMailAsync();
        using var questions = Door(store);
        var endless = new Question("range x from 1 to 900000 step 1 | extend k = 1 | join kind=inner (range y from 1 to 200000 step 1 | extend k = 1) on k | summarize sum(x * y)") { Timeout = TimeSpan.FromHours(1) };

        // From before the statement begins (DuckDB forgets such an interrupt) to well inside it.
        foreach (var spins in Enumerable.Range(0, 24).Select(step => step * 100_000))
        {
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var running = questions.AskAsync(Analyst, endless, gone.Token).AsTask();
            Thread.SpinWait(spins);
            await gone.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        }
    }

    [Fact]
    public async Task An_answer_says_when_the_log_could_not_be_read_on()
    {
        await using var store = await StoreWithMailAsync();
        using var questions = Door(store);
        store.Log.Shown.Fail(new UnreadableFactException("log-2026-11-02.sqlite", 7, "the record is missing."));

        var answer = await questions.AskAsync(Analyst, new Question("EmailEvents | count"), Token);

        Assert.Contains("sequence number 7", Assert.Single(answer.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_store_can_be_opened_again_after_questions()
    {
        await using (var store = await StoreWithMailAsync())
        {
            using var questions = Door(store);
            await questions.AskAsync(Analyst, new Question("EmailEvents | count"), Token);
        }

        await using var again = await TestStore.OpenAsync(_directory);
        using var door = Door(again);

        Assert.Equal([2L], Assert.Single((await door.AskAsync(Analyst, new Question("EmailEvents | count"), Token)).Rows));
    }

    private static Questions Door(TestStore store) => new(store.Store, store.Log, TimeProvider.System);

    private async Task<TestStore> StoreWithMailAsync()
    {
        var store = await TestStore.OpenAsync(_directory);
        await store.AppendAsync(
            Some.Received(Some.Id(), "anna@firm.example", "bob@firm.example"),
            Some.Judged(Some.Id(), ("anna@firm.example", "Deliver"), ("bob@firm.example", "Quarantine")),
            Some.Delivered(Some.Id(), "anna@firm.example"),
            Some.Acted(Some.Id(), "anna@firm.example"));
        return store;
    }
}
