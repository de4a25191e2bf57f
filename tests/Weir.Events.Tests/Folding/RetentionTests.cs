using Microsoft.Extensions.Time.Testing;
using Weir.Events.Tests.Support;

namespace Weir.Events.Tests.Folding;

public sealed class RetentionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(Some.Noon);

    [Fact]
    public async Task A_day_that_is_over_its_time_goes_from_the_log_and_its_messages_from_the_store()
    {
        await using var store = await TestStore.OpenAtAsync(_directory, _time);
        await store.AppendAsync(Some.Received(Some.Id(1), "a@firm.example"), Some.Judged(Some.Id(1), ("a@firm.example", "Deliver")));
        _time.Advance(TimeSpan.FromDays(89));
        await store.AppendAsync(Some.Received(Some.Id(2), "b@firm.example"), Some.Judged(Some.Id(2), ("b@firm.example", "Deliver")));
        Assert.Equal(2, store.Mail().Count);

        _time.Advance(TimeSpan.FromDays(1));
        await store.AppendAsync(Some.Received(Some.Id(3), "c@firm.example"), Some.Judged(Some.Id(3), ("c@firm.example", "Deliver")));

        Assert.Equal(["b@firm.example", "c@firm.example"], store.Rows("""SELECT "RecipientEmailAddress" FROM "EmailEvents" ORDER BY 1"""));
        Assert.Equal(["0"], store.Rows("""SELECT count(*) FROM "EmailUrlInfo" WHERE "NetworkMessageId" = '""" + Some.Id(1) + "'"));
        Assert.Equal(2, Directory.GetFiles(_directory.Data.Log, "log-*.sqlite").Length);
    }

    [Fact]
    public async Task A_message_that_was_acted_on_later_stays_as_long_as_that_is_known()
    {
        await using var store = await TestStore.OpenAtAsync(_directory, _time);
        await store.AppendAsync(Some.Received(Some.Id(1), "a@firm.example"), Some.Judged(Some.Id(1), ("a@firm.example", "Deliver")));
        _time.Advance(TimeSpan.FromDays(60));
        await store.AppendAsync(Some.Delivered(Some.Id(1), "a@firm.example"));
        _time.Advance(TimeSpan.FromDays(40));
        await store.AppendAsync(Some.Received(Some.Id(3), "c@firm.example"), Some.Judged(Some.Id(3), ("c@firm.example", "Deliver")));

        Assert.Equal(["a@firm.example", "c@firm.example"], store.Rows("""SELECT "RecipientEmailAddress" FROM "EmailEvents" ORDER BY 1"""));
    }

    [Fact]
    public async Task What_is_left_of_the_log_makes_the_same_rows_again()
    {
        var before = new List<string>();
        await using (var store = await TestStore.OpenAtAsync(_directory, _time))
        {
            await store.AppendAsync(Some.Received(Some.Id(1), "a@firm.example"), Some.Judged(Some.Id(1), ("a@firm.example", "Deliver")));
            _time.Advance(TimeSpan.FromDays(100));
            await store.AppendAsync(Some.Received(Some.Id(2), "b@firm.example"), Some.Judged(Some.Id(2), ("b@firm.example", "Deliver")));
            before.AddRange(store.Everything());
        }

        File.Delete(_directory.Data.EventStore);
        await using var again = await TestStore.OpenAtAsync(_directory, _time);
        await again.Log.WaitUntilShownAsync(again.Log.Last, TestContext.Current.CancellationToken);

        Assert.Equal(before, again.Everything());
    }

    [Fact]
    public async Task The_newest_day_stays_however_old_it_is()
    {
        await using (var store = await TestStore.OpenAtAsync(_directory, _time))
        {
            await store.AppendAsync(Some.Seen());
        }

        _time.Advance(TimeSpan.FromDays(400));
        await using var later = await TestStore.OpenAtAsync(_directory, _time);

        Assert.Equal(1, later.Log.Last);
        Assert.Single(Directory.GetFiles(_directory.Data.Log, "log-*.sqlite"));
    }

    public void Dispose() => _directory.Dispose();
}
