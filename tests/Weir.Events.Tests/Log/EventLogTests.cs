using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Weir.Events.Contracts;
using Weir.Events.Log;
using Weir.Events.Tests.Support;

namespace Weir.Events.Tests.Log;

public sealed class EventLogTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _clock = new(Some.Noon);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_was_appended_is_read_in_order_after_reopening()
    {
        await using (var log = Open())
        {
            Assert.Equal(2, await log.AppendAsync([Some.Small(1), Some.Small(2)], Token));
            Assert.Equal(3, await log.AppendAsync([Some.Small(3)], Token));
        }

        await using var again = Open();

        Assert.Equal(3, again.Last);
        Assert.Equal([(1, Some.Small(1)), (2, Some.Small(2)), (3, Some.Small(3))], (await Read(again, 0)).Select(fact => (fact.Sequence, (RecipientRefused)fact.Fact)));
        Assert.Equal([3], (await Read(again, 2)).Select(fact => fact.Sequence));
        Assert.Empty(await Read(again, 3));
    }

    [Fact]
    public async Task Sequence_numbers_go_on_from_day_to_day()
    {
        await using (var log = Open())
        {
            await log.AppendAsync([Some.Small(1)], Token);
            _clock.Advance(TimeSpan.FromDays(1));
            await log.AppendAsync([Some.Small(2)], Token);
            _clock.Advance(TimeSpan.FromDays(1));
        }

        await using var again = Open();
        await again.AppendAsync([Some.Small(3)], Token);

        Assert.Equal(3, Directory.GetFiles(_directory.Data.Log, "*.sqlite").Length);
        Assert.Equal([1, 2, 3], (await Read(again, 0)).Select(fact => fact.Sequence));
    }

    [Fact]
    public async Task A_clock_set_back_does_not_reopen_an_older_day()
    {
        await using var log = Open();
        await log.AppendAsync([Some.Small(1)], Token);
        await log.DisposeAsync();

        await using var earlier = new EventLog(_directory.Data, new FakeTimeProvider(Some.Noon.AddDays(-3)), Options.Create(new EventsOptions()));
        await earlier.AppendAsync([Some.Small(2)], Token);

        Assert.Single(Directory.GetFiles(_directory.Data.Log, "*.sqlite"));
        Assert.Equal([1, 2], (await Read(earlier, 0)).Select(fact => fact.Sequence));
    }

    [Fact]
    public async Task Dropped_old_days_leave_the_rest_readable()
    {
        await using (var log = Open())
        {
            await log.AppendAsync([Some.Small(1), Some.Small(2)], Token);
            _clock.Advance(TimeSpan.FromDays(1));
            await log.AppendAsync([Some.Small(3)], Token);
        }

        File.Delete(LogFile.PathOf(_directory.Data.Log, new DateOnly(2026, 11, 2)));
        await using var again = Open();

        Assert.Equal([3], (await Read(again, 0)).Select(fact => fact.Sequence));
    }

    [Fact]
    public async Task Concurrent_appends_keep_each_list_together_and_lose_none()
    {
        await using var log = Open();

        var lasts = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () => await log.AppendAsync([Some.Small(2 * i), Some.Small((2 * i) + 1)], Token), Token)));

        var facts = await Read(log, 0);
        Assert.Equal(Enumerable.Range(1, 400).Select(i => (long)i), facts.Select(fact => fact.Sequence));
        Assert.Equal(Enumerable.Range(1, 200).Select(i => 2L * i), lasts.Order());
        for (var i = 0; i < 200; i++)
        {
            Assert.Equal(Some.Small(2 * i), facts[(int)lasts[i] - 2].Fact);
            Assert.Equal(Some.Small((2 * i) + 1), facts[(int)lasts[i] - 1].Fact);
        }
    }

    [Fact]
    public async Task A_follower_gets_a_fact_as_soon_as_it_is_appended()
    {
        await using var log = Open();
        await using var follower = log.FollowAsync(0, Token).GetAsyncEnumerator(Token);
        var first = follower.MoveNextAsync();
        Assert.False(first.IsCompleted);

        await log.AppendAsync([Some.Small(1)], Token);

        Assert.True(await first);
        Assert.Equal(Some.Small(1), follower.Current.Fact);
    }

    [Fact]
    public async Task An_unreadable_record_stops_the_reader_after_what_comes_before_it()
    {
        await using var log = Open();
        await log.AppendAsync([Some.Small(1), Some.Small(2), Some.Small(3)], Token);
        Change("UPDATE fact SET json = '{\"$type\":\"FromTheFuture\"}' WHERE sequence = 2");

        var (read, failure) = await ReadUntilFailure(log);

        Assert.Equal([1], read);
        Assert.Equal(2, failure.Sequence);
        Assert.EndsWith("log-2026-11-02.sqlite", failure.File, StringComparison.Ordinal);
        Assert.Contains("sequence number 2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_record_stops_the_reader()
    {
        await using var log = Open();
        await log.AppendAsync([Some.Small(1), Some.Small(2), Some.Small(3)], Token);
        Change("DELETE FROM fact WHERE sequence = 2");

        var (read, failure) = await ReadUntilFailure(log);

        Assert.Equal([1], read);
        Assert.Equal(2, failure.Sequence);
    }

    [Fact]
    public async Task Text_that_is_not_valid_Unicode_is_still_recorded()
    {
        await using var log = Open();

        await log.AppendAsync([Some.Small(1) with { Reply = "a\ud800b\0c" }], Token);

        Assert.Equal("a\ufffdb\0c", Assert.IsType<RecipientRefused>((await Read(log, 0)).Single().Fact).Reply);
    }

    private EventLog Open() => new(_directory.Data, _clock, Options.Create(new EventsOptions()));

    private static async Task<List<LoggedFact>> Read(EventLog log, long after)
    {
        var facts = new List<LoggedFact>();
        await foreach (var fact in log.ReadAsync(after, Token))
        {
            facts.Add(fact);
        }

        return facts;
    }

    private static async Task<(List<long> Read, UnreadableFactException Failure)> ReadUntilFailure(EventLog log)
    {
        var read = new List<long>();
        var failure = await Assert.ThrowsAsync<UnreadableFactException>(async () =>
        {
            await foreach (var fact in log.ReadAsync(0, Token))
            {
                read.Add(fact.Sequence);
            }
        });
        return (read, failure);
    }

    private void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={LogFile.PathOf(_directory.Data.Log, new DateOnly(2026, 11, 2))};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
