using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Weir.Events.Contracts;
using Weir.Events.Log;
using Weir.Events.Store;
using Weir.Events.Tests.Support;

namespace Weir.Events.Tests.Store;

public sealed class EventStoreTests : IDisposable
{
    private static readonly IOptions<EventsOptions> Defaults = Options.Create(new EventsOptions());

    private readonly TemporaryDirectory _directory = new();

    [Theory]
    [InlineData("this is no database")]
    [InlineData("")]
    public async Task A_damaged_file_is_set_aside_and_made_anew_from_the_log(string content)
    {
        var before = await FilledAsync();
        await File.WriteAllTextAsync(_directory.Data.EventStore, content.PadRight(20_000, 'x'), TestContext.Current.CancellationToken);

        using (var alone = new EventStore(_directory.Data, Defaults))
        {
            Assert.Contains("damaged", alone.Rebuilding, StringComparison.Ordinal);
            Assert.Equal(0, alone.Cursor);
        }

        Assert.True(File.Exists(_directory.Data.EventStore + ".damaged"));
        Assert.Equal(before, await ShownAsync());
    }

    [Fact]
    public async Task Damage_in_the_middle_of_the_file_never_ends_in_other_rows()
    {
        var before = await FilledAsync();
        var bytes = await File.ReadAllBytesAsync(_directory.Data.EventStore, TestContext.Current.CancellationToken);
        Array.Fill(bytes, (byte)0x5A, 8192, bytes.Length - 8192);
        await File.WriteAllBytesAsync(_directory.Data.EventStore, bytes, TestContext.Current.CancellationToken);

        Assert.Equal(before, await ShownAsync());
    }

    [Fact]
    public async Task A_store_that_proved_damaged_while_it_was_open_is_made_anew_at_the_next_start()
    {
        var before = await FilledAsync();
        using (var store = new EventStore(_directory.Data, Defaults))
        {
            store.MarkDamaged();
        }

        using (var next = new EventStore(_directory.Data, Defaults))
        {
            Assert.NotNull(next.Rebuilding);
        }

        using (var second = new EventStore(_directory.Data, Defaults))
        {
            Assert.Null(second.Rebuilding);
        }

        Assert.Equal(before, await ShownAsync());
    }

    [Fact]
    public void A_store_of_a_newer_version_is_refused_by_name_and_not_touched()
    {
        using (var store = new EventStore(_directory.Data, Defaults))
        using (var connection = store.OpenReading())
        {
            connection.Execute("UPDATE store SET version = 999");
        }

        var refused = Assert.Throws<NewerDataException>(() => new EventStore(_directory.Data, Defaults));

        Assert.Contains("newer version of Weir", refused.Message, StringComparison.Ordinal);
        Assert.Equal(_directory.Data.EventStore, refused.File);
        Assert.True(File.Exists(_directory.Data.EventStore));
    }

    [Fact]
    public async Task A_log_of_a_newer_version_is_refused_by_name_and_not_touched()
    {
        await FilledAsync();
        var file = Directory.GetFiles(_directory.Data.Log, "log-*.sqlite").Single();
        await using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString()))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 7";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var refused = Assert.Throws<NewerDataException>(() => new EventLog(_directory.Data, new FakeTimeProvider(Some.Noon), Defaults));

        Assert.Equal(file, refused.File);
    }

    public void Dispose() => _directory.Dispose();

    private async Task<IReadOnlyList<string>> FilledAsync()
    {
        await using var store = await TestStore.OpenAsync(_directory);
        foreach (var number in Enumerable.Range(1, 20))
        {
            await store.AppendAsync(Some.Received(Some.Id(number), "a@firm.example"), Some.Judged(Some.Id(number), ("a@firm.example", "Deliver")));
        }

        return store.Everything();
    }

    private async Task<IReadOnlyList<string>> ShownAsync()
    {
        await using var store = await TestStore.OpenAsync(_directory);
        await store.Log.WaitUntilShownAsync(store.Log.Last, TestContext.Current.CancellationToken);
        return store.Everything();
    }
}
