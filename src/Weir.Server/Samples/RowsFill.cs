using System.Threading.Channels;
using Microsoft.Extensions.Configuration;
using Weir.Events;
using Weir.Events.Contracts;
using Weir.Sample;
using Weir.Storage.Contracts;

namespace Weir.Server.Samples;

/// <summary>Fills an event store of its own with synthetic rows: no mail, no log. Rows are made while earlier ones are written; memory does not grow with their number.</summary>
internal static class RowsFill
{
    private const int Days = 30;

    // Large appends compress better and commit less often; the facts of one take some 100 MB.
    private const int RowsOfLoad = 25_000;

    /// <summary>Writes the rows of the thirty days before an instant.</summary>
    /// <param name="loaded">Told after each batch how many rows are in the store.</param>
    public static async Task RunAsync(DataDirectory directory, RowsState wanted, Action<long> loaded, CancellationToken cancellationToken)
    {
        using var held = DataDirectoryLock.Take(directory);
        await using var services = Stores(directory);
        var store = services.GetRequiredService<IStoreLoad>();
        var ready = Channel.CreateBounded<Batch>(1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var making = Task.Run(() => MakeAsync(wanted, ready.Writer, stop.Token), CancellationToken.None);
        try
        {
            var count = 0L;
            await foreach (var batch in ready.Reader.ReadAllAsync(cancellationToken))
            {
                store.Load(batch.Facts);
                count += batch.Rows;
                loaded(count);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await making.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await making;
        wanted.Write(directory.Path);
    }

    private static async Task MakeAsync(RowsState wanted, ChannelWriter<Batch> ready, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var rows in SyntheticRows.Generate(wanted.Seed, wanted.Until, Days, wanted.Rows).Chunk(RowsOfLoad))
            {
                await ready.WriteAsync(new Batch(rows.Length, [.. rows.SelectMany(SyntheticFacts.Of)]), cancellationToken);
            }

            ready.Complete();
        }
        catch (Exception failure)
        {
            ready.Complete(failure);
            throw;
        }
    }

    private static ServiceProvider Stores(DataDirectory directory) => new ServiceCollection()
        .AddSingleton(directory)
        .AddSingleton(TimeProvider.System)
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddEnvironmentVariables("WEIR__").Build())
        .AddLogging()
        .AddEvents()
        .BuildServiceProvider();

    private sealed record Batch(int Rows, IReadOnlyList<Fact> Facts);
}
