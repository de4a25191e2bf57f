using DuckDB.NET.Data;
using Microsoft.Extensions.Options;
using Weir.Events.Contracts;
using Weir.Events.Store;
using Weir.Storage.Contracts;

namespace Weir.Events.Tests.Store;

/// <summary>A disk that is full is no damage: nothing is set aside, and the store goes on when there is room.</summary>
public sealed class FullDiskTests
{
    private const int Megabytes = 24;
    private static readonly IOptions<EventsOptions> Defaults = Options.Create(new EventsOptions());

    [Fact]
    public async Task A_change_that_does_not_fit_is_undone_and_made_again_when_there_is_room()
    {
        await using var disk = await SmallDisk.MountAsync(Megabytes);
        using var store = new EventStore(new DataDirectory(disk.Path), Defaults);
        store.Apply(new StoreChanges(), 1);
        disk.Fill();

        var full = Assert.ThrowsAny<DuckDBException>(() => ApplyUntilFull(store));
        Assert.True(EventStore.IsForWantOfRoom(full), full.Message);
        store.Hold();
        Assert.Contains("is full", store.Held, StringComparison.Ordinal);

        var cursor = store.Cursor;
        disk.Empty();
        store.Recover();
        Assert.Equal(cursor, store.Cursor);
        store.Apply(new StoreChanges(), cursor + 1);
        Assert.Null(store.Held);
        Assert.Equal(cursor + 1, CursorOnDisk(store));
    }

    [Fact]
    public async Task A_checkpoint_that_does_not_fit_closes_the_store_until_it_is_opened_anew_with_what_was_in_it()
    {
        await using var disk = await SmallDisk.MountAsync(Megabytes);
        using var store = new EventStore(new DataDirectory(disk.Path), Defaults);
        store.Apply(new StoreChanges(), 7);
        disk.Fill();
        using (var reading = store.OpenReading())
        {
            Assert.True(EventStore.IsForWantOfRoom(Assert.ThrowsAny<DuckDBException>(() => reading.Execute("CHECKPOINT"))));
            store.Hold();
            disk.Empty();

            // Whoever asked before keeps the old instance alive.
            Assert.ThrowsAny<DuckDBException>(store.Recover);
            Assert.Contains("is full", Assert.Throws<QuestionException>(store.OpenReading).Message, StringComparison.Ordinal);
        }

        store.Recover();
        Assert.Equal(7, store.Cursor);
        Assert.Null(store.Rebuilding);
        store.Apply(new StoreChanges(), 8);
        Assert.Equal(8, CursorOnDisk(store));
    }

    private static void ApplyUntilFull(EventStore store)
    {
        for (var i = 0; i < 10_000; i++)
        {
            store.Apply(new StoreChanges(), store.Cursor + 1);
        }
    }

    private static long CursorOnDisk(EventStore store)
    {
        using var connection = store.OpenReading();
        return (long)connection.Rows("SELECT cursor FROM store")[0][0]!;
    }
}
