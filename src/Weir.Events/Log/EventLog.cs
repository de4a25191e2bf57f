using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Events.Log;

/// <summary>The log in the data directory. Opening it is opening its files: the process must hold the directory.</summary>
internal sealed class EventLog : IEventLog, IAsyncDisposable
{
    // Facts read at once: bounds what one reader holds (a fact may be some 100 kB).
    private const int PageOfFacts = 500;
    private const int LargestGroup = 512;

    private readonly LogWriter _writer;
    private readonly GroupCommit<Entry[], long> _commits;
    private readonly HighWater _last;

    public EventLog(DataDirectory directory, TimeProvider time, IOptions<EventsOptions> options)
    {
        _writer = new LogWriter(directory.Log, time, options.Value.RetentionDays);
        _last = new HighWater(_writer.Last);
        _commits = new GroupCommit<Entry[], long>(Write, LargestGroup);
    }

    public long Last => _last.Value;

    /// <summary>The oldest day that is left; null while there is none.</summary>
    public LogFile? Oldest => _writer.Files.FirstOrDefault();

    /// <summary>Up to where the event store shows the log; raised by its reader.</summary>
    public HighWater Shown { get; } = new(0);

    public async ValueTask<long> AppendAsync(IReadOnlyList<Fact> facts, CancellationToken cancellationToken)
    {
        if (facts.Count == 0)
        {
            return Last;
        }

        var entries = new Entry[facts.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = new Entry(facts[i].At.UtcTicks, facts[i].GetType().Name, JsonSerializer.Serialize(facts[i], EventJson.Default.Fact));
        }

        return await _commits.AddAsync(entries, cancellationToken);
    }

    public async IAsyncEnumerable<LoggedFact> FollowAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = OpenReader();
        while (true)
        {
            await _last.WaitForAsync(after + 1, cancellationToken);
            foreach (var fact in reader.Next(after, PageOfFacts))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return fact;
                after = fact.Sequence;
            }
        }
    }

    public async IAsyncEnumerable<LoggedFact> ReadAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var end = Last;
        if (after >= end)
        {
            yield break;
        }

        await foreach (var fact in FollowAsync(after, cancellationToken))
        {
            if (fact.Sequence <= end)
            {
                yield return fact;
            }

            if (fact.Sequence >= end)
            {
                yield break;
            }
        }
    }

    public ValueTask WaitUntilShownAsync(long sequence, CancellationToken cancellationToken) => Shown.WaitForAsync(sequence, cancellationToken);

    /// <summary>A reader of its own position, for readers that work in batches.</summary>
    public LogReader OpenReader() => new(() => _writer.Files);

    /// <summary>Completes when there is something after this sequence number.</summary>
    public ValueTask WaitForMoreAsync(long after, CancellationToken cancellationToken) => _last.WaitForAsync(after + 1, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _commits.DisposeAsync();
        _writer.Dispose();
    }

    private IReadOnlyList<long> Write(IReadOnlyList<Entry[]> lists)
    {
        var results = _writer.Write(lists);
        _last.RaiseTo(_writer.Last);
        return results;
    }
}
