using System.Globalization;
using Weir.Events.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Gateway.Intake;

/// <summary>
/// Fills <see cref="KnownMail"/> from the log: at first use the last day, and everything when an import must know older mail.
/// Marks (one line an hour: ticks and sequence) say where in the log a day ago is; without them the whole log is read.
/// </summary>
internal sealed class KnownMailSource(IEventLog log, DataDirectory data, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Kept = KnownMail.SameWithin + TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly string _marks = Path.Combine(data.Path, "gateway", "marks");
    private bool _isDayLoaded;
    private bool _isAllLoaded;
    private DateTimeOffset _lastMark;

    public KnownMail Known { get; } = new();

    /// <summary>Completes when mail of the last day is known.</summary>
    public async ValueTask LoadDayAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _isDayLoaded))
        {
            return;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!_isDayLoaded)
            {
                var after = await StartOfDayAsync(cancellationToken);
                await foreach (var logged in log.ReadAsync(after, cancellationToken))
                {
                    Known.Remember(logged.Fact);
                }

                Volatile.Write(ref _isDayLoaded, true);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Completes when all mail in the log is known.</summary>
    public async ValueTask LoadAllAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _isAllLoaded))
        {
            return;
        }

        await LoadDayAsync(cancellationToken);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!_isAllLoaded)
            {
                await foreach (var logged in log.ReadAsync(0, cancellationToken))
                {
                    Known.RememberAgain(logged.Fact);
                }

                Volatile.Write(ref _isAllLoaded, true);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes in facts just appended, the last of which has this sequence number.</summary>
    public async ValueTask AppendedAsync(IReadOnlyList<Fact> facts, long sequence, CancellationToken cancellationToken)
    {
        foreach (var fact in facts)
        {
            Known.Remember(fact);
        }

        var now = time.GetUtcNow();
        if (now - _lastMark < TimeSpan.FromHours(1))
        {
            return;
        }

        _lastMark = now;
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(_marks) ?? data.Path);
        await File.AppendAllLinesAsync(_marks, [string.Create(CultureInfo.InvariantCulture, $"{now.UtcTicks} {sequence}")], cancellationToken);
        if (!Volatile.Read(ref _isAllLoaded))
        {
            Known.Forget(now - Kept);
        }
    }

    /// <summary>A sequence number behind which lies everything that was appended since so long ago; 0 when only the beginning is known to be.</summary>
    public async ValueTask<long> SequenceBeforeAsync(TimeSpan ago, CancellationToken cancellationToken)
    {
        if (!File.Exists(_marks))
        {
            return 0;
        }

        var then = (time.GetUtcNow() - ago).UtcTicks;
        var start = 0L;
        foreach (var line in await File.ReadAllLinesAsync(_marks, cancellationToken))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0
                && long.TryParse(line.AsSpan(0, space), CultureInfo.InvariantCulture, out var ticks)
                && long.TryParse(line.AsSpan(space + 1), CultureInfo.InvariantCulture, out var sequence)
                && ticks <= then)
            {
                start = Math.Max(start, sequence);
            }
        }

        return start <= log.Last ? start : 0;
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>A place in the log before the facts of the last day.</summary>
    public ValueTask<long> StartOfDayAsync(CancellationToken cancellationToken) => SequenceBeforeAsync(Kept, cancellationToken);
}
