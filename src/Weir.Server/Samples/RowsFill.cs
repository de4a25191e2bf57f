using Weir.Events;
using Weir.Events.Contracts;
using Weir.Sample;
using Weir.Storage.Contracts;

namespace Weir.Server.Samples;

/// <summary>
/// Fills an event store of its own with synthetic rows: no mail, no log. The first rows are made one by one and folded as facts are; beyond them the store
/// copies itself, so that ten million take minutes and the memory of a few thousand.
/// </summary>
internal static class RowsFill
{
    private const int Days = 30;
    private const int RowsOfLoad = 10_000;

    /// <summary>Rows that are made one by one; more than this many are copies of them with times and ids of their own.</summary>
    public const int Originals = 100_000;

    /// <summary>Writes the rows of the thirty days before an instant.</summary>
    /// <param name="loaded">Told as they come how many rows are in the store.</param>
    public static async Task RunAsync(DataDirectory directory, RowsState wanted, Action<long> loaded, CancellationToken cancellationToken)
    {
        using var held = DataDirectoryLock.Take(directory);
        await using var services = Stores(directory);
        var store = services.GetRequiredService<IStoreLoad>();
        var originals = Math.Min(wanted.Rows, Originals);
        var copies = (int)(wanted.Rows / originals) - 1;
        Load(store, SyntheticRows.Generate(wanted.Seed, wanted.Until, Days, wanted.Rows).Take((int)originals), loaded, before: 0, cancellationToken);
        store.Repeat(copies, TimeSpan.FromTicks((long)(TimeSpan.FromDays(Days).Ticks / (double)wanted.Rows * originals)), made => loaded(originals * (made + 1)), cancellationToken);
        var before = originals * (copies + 1);
        Load(store, SyntheticRows.Generate(wanted.Seed, wanted.Until, Days, wanted.Rows, before), loaded, before, cancellationToken);
        wanted.Write(directory.Path);
    }

    private static void Load(IStoreLoad store, IEnumerable<SyntheticRow> rows, Action<long> loaded, long before, CancellationToken cancellationToken)
    {
        foreach (var chunk in rows.Chunk(RowsOfLoad))
        {
            cancellationToken.ThrowIfCancellationRequested();
            store.Load([.. chunk.SelectMany(SyntheticFacts.Of)]);
            loaded(before += chunk.Length);
        }
    }

    private static ServiceProvider Stores(DataDirectory directory) => new ServiceCollection()
        .AddSingleton(directory)
        .AddSingleton(TimeProvider.System)
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddEnvironmentVariables("WEIR__").Build())
        .AddLogging()
        .AddEvents()
        .BuildServiceProvider();
}
