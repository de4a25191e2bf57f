using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Directory.Contracts;
using Weir.Events.Contracts;
using Weir.Gateway.Delivery.Dovecot;
using Weir.Gateway.Delivery.Postfix;
using Weir.Gateway.Intake;
using Weir.Gateway.Journal;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Gateway.Delivery;

/// <summary>Reads the mail server's logs as they grow and appends what they say of delivered mail.</summary>
internal sealed partial class DeliveryReader(
    IOptions<DeliveryOptions> options,
    KnownMailSource source,
    IEventLog log,
    IDirectory directory,
    JournalAddresses journal,
    DataDirectory data,
    TimeProvider time,
    ILogger<DeliveryReader> logger) : BackgroundService
{
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(1);

    private readonly DeliveryOptions _options = options.Value;
    private readonly string _statePath = Path.Combine(data.Path, "gateway", "delivery.json");
    private readonly Dictionary<string, FollowedFile> _files = new(StringComparer.Ordinal);
    private DeliveryTracker? _tracker;
    private PostfixQueue? _queue;
    private DateTimeOffset _saved;
    private readonly List<Fact> _unwritten = [];
    private string _unreadable = "";
    private bool _isChanged;

    /// <summary>Takes up its places in the files before the first mail of this run can be delivered.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!_options.IsAssumed || _options.KnowsFolders)
        {
            var state = await DeliveryState.LoadAsync(_statePath, cancellationToken);
            _queue = new PostfixQueue(source.Known.FindQueued) { Live = state?.Queue ?? new(StringComparer.Ordinal) };
            _tracker = new DeliveryTracker(_queue, _options, () => directory.Current, journal.Contains) { Waiting = state?.Waiting ?? [], Folders = state?.Folders ?? [] };
            foreach (var path in new[] { _options.PostfixLog, _options.DovecotSpool, _options.DovecotLog }.Where(path => path.Length > 0))
            {
                var file = _files[path] = new FollowedFile(path);
                if (state?.Files.TryGetValue(path, out var position) is true)
                {
                    file.Resume(position);
                }
                else
                {
                    file.SkipToEnd();
                }
            }

            await SaveAsync(_tracker, _queue, cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_tracker is not { } tracker || _queue is not { } queue)
        {
            return;
        }

        await Perseverance.RunAsync(async token => await source.LoadDayAsync(token), NotWritten, time, stoppingToken);
        await Perseverance.RunAsync(token => FollowAsync(tracker, queue, token), NotWritten, time, stoppingToken);
    }

    private async Task FollowAsync(DeliveryTracker tracker, PostfixQueue queue, CancellationToken stoppingToken)
    {
        while (true)
        {
            var isMore = await ReadAsync(tracker, stoppingToken);
            if (_isChanged && time.GetUtcNow() - _saved >= SaveEvery)
            {
                await SaveAsync(tracker, queue, stoppingToken);
            }

            if (!isMore)
            {
                await Task.Delay(_options.ReadEvery, time, stoppingToken);
            }
        }
    }

    /// <summary>Reads what is new; true when there may be more to read at once.</summary>
    private async Task<bool> ReadAsync(DeliveryTracker tracker, CancellationToken cancellationToken)
    {
        await WriteAsync(cancellationToken);
        var now = time.GetUtcNow();
        var lines = 0;
        foreach (var (path, file) in _files)
        {
            foreach (var line in ReadLines(file))
            {
                lines++;
                _unwritten.AddRange(Read(tracker, path, line, now));
            }
        }

        _unwritten.AddRange(tracker.Tick(now));
        _isChanged |= lines > 0 || _unwritten.Count > 0;
        await WriteAsync(cancellationToken);
        return lines > 0;
    }

    /// <summary>The lines are read and the tracker knows them: what they said waits here while the record cannot be written.</summary>
    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (_unwritten.Count > 0)
        {
            await log.AppendAsync(_unwritten, cancellationToken);
            _unwritten.Clear();
        }
    }

    private IReadOnlyList<string> ReadLines(FollowedFile file)
    {
        try
        {
            var lines = file.ReadLines();
            _unreadable = "";
            return lines;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Its position did not move: it is read again. Said once, not five times a second.
            if (_unreadable != exception.Message)
            {
                _unreadable = exception.Message;
                NotReadable(exception.Message);
            }

            return [];
        }
    }

    private IReadOnlyList<Fact> Read(DeliveryTracker tracker, string path, string line, DateTimeOffset now)
    {
        if (path == _options.PostfixLog)
        {
            return PostfixLine.Parse(line, now, time.LocalTimeZone) is { } told ? tracker.Read(told, now) : [];
        }

        var saved = path == _options.DovecotSpool ? DovecotSaved.FromSpool(line) : DovecotSaved.FromLog(line);
        return saved is null ? [] : tracker.Read(saved, now);
    }

    private async Task SaveAsync(DeliveryTracker tracker, PostfixQueue queue, CancellationToken cancellationToken)
    {
        var state = new DeliveryState
        {
            Files = _files.ToDictionary(pair => pair.Key, pair => pair.Value.Position, StringComparer.Ordinal),
            Queue = queue.Live,
            Waiting = tracker.Waiting,
            Folders = tracker.Folders,
        };
        await state.SaveAsync(_statePath, cancellationToken);
        _saved = time.GetUtcNow();
        _isChanged = false;
    }

    [LoggerMessage(7031, LogLevel.Error, "What the mail server's logs say cannot be kept; it is tried again.")]
    private partial void NotWritten(Exception exception);

    [LoggerMessage(7030, LogLevel.Warning, "A log of the mail server cannot be read: {Reason}")]
    private partial void NotReadable(string reason);
}
