using Weir.Events.Contracts;
using Weir.Events.Tests.Support;
using Weir.Kernel;

namespace Weir.Events.Tests.Log;

public sealed class KilledProcessTests
{
    [Fact]
    public async Task After_SIGKILL_every_acknowledged_message_is_in_the_store_exactly_once()
    {
        using var directory = new TemporaryDirectory();
        var acknowledged = new List<NetworkMessageId>();
        foreach (var count in new[] { 1, 50, 300 })
        {
            using var child = new AppendingChild(directory.Path);
            acknowledged.AddRange(await child.KillAfterAsync(count, TestContext.Current.CancellationToken));
        }

        await using var store = await TestStore.OpenAsync(directory);
        await store.Log.WaitUntilShownAsync(store.Log.Last, TestContext.Current.CancellationToken);

        var rows = store.Rows("""SELECT "NetworkMessageId" FROM "EmailEvents" """);
        Assert.True(acknowledged.Count >= 351);
        Assert.Equal(rows.Count, rows.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(acknowledged.Select(id => id.ToString()).Except(rows, StringComparer.Ordinal));
        Assert.Equal(store.Log.Last, rows.Count * 2L);
        Assert.Equal(rows.Count, (await store.Log.ReadAsync(0, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken)).Count(fact => fact.Fact is MessageJudged));
    }
}
