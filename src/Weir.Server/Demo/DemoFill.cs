using Spectre.Console;
using Weir.Access.Contracts;
using Weir.Directory.Contracts;
using Weir.Events.Contracts;
using Weir.Gateway.Contracts;
using Weir.Intelligence.Contracts;
using Weir.Mailboxes.Contracts;
using Weir.Sample;
using Weir.Sample.Contracts;

namespace Weir.Server.Demo;

/// <summary>Fills a data directory with the invented organisation and its thirty days of mail; stopped, it goes on where it was.</summary>
internal sealed class DemoFill
{
    private readonly string _directory;
    private IAllowBlockEntries? _list;
    private DemoState _state;

    private DemoFill(string directory, DemoState state)
    {
        _directory = directory;
        _state = state;
        Sample = SampleOrganisation.Create(new SampleSettings { Seed = state.Seed, Now = state.Origin, Messages = state.Messages });
    }

    public ISampleOrganisation Sample { get; }

    public int Seed => _state.Seed;

    public int Messages => _state.Messages;

    /// <summary>Takes up what is in the directory, or begins with the seed and number given, and writes the files that Weir is configured by.</summary>
    public static DemoFill Open(string directory, int seed, int messages, DateTimeOffset now)
    {
        var state = DemoState.Read(directory) ?? new DemoState { Seed = seed, Messages = messages, Origin = now, FedUntil = now };
        state.Write(directory);
        var fill = new DemoFill(directory, state);
        DemoFiles.Write(directory, fill.Sample);
        return fill;
    }

    public DemoFeed FeedOf(IServiceProvider services) => new(
        services.GetRequiredService<IIntake>(),
        services.GetRequiredService<IDeliveryDoor>(),
        services.GetRequiredService<IClickDoor>(),
        services.GetRequiredService<IEventLog>(),
        services.GetRequiredService<IMailboxes>(),
        DemoFiles.MailRoot(_directory),
        _state.Seed);

    /// <summary>The organisation's people, lists and domains with what its allow/block list has from the start, when there are none yet.</summary>
    public async Task ImportDirectoryAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        _list = services.GetRequiredService<IAllowBlockEntries>();
        var directory = services.GetRequiredService<IDirectory>();
        if (directory.Current.People.Count > 0)
        {
            return;
        }

        await AddEntriesAsync(Sample.ListEntries, cancellationToken);

        var folder = Path.Combine(_directory, "organisation");
        System.IO.Directory.CreateDirectory(folder);
        Sample.WriteDirectory(folder);
        var problems = await directory.ImportCsvAsync(Caller.System("demo", Permission.SecuritySettingsManage), folder, cancellationToken);
        if (problems.Count > 0)
        {
            throw new InvalidOperationException($"The sample organisation could not be imported: {string.Join(" ", problems)}");
        }
    }

    /// <summary>Feeds what of the thirty days is not in Weir yet. Returns how many events that were.</summary>
    /// <param name="notice">Told how far it is.</param>
    public async Task<long> FeedHistoryAsync(IDemoFeed feed, DemoNotice notice, CancellationToken cancellationToken)
    {
        if (_state.HistoryComplete)
        {
            return 0;
        }

        var before = _state.HistoryFed;
        notice.Filling(0);
        await AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(async progress =>
        {
            var begin = _state.Origin - TimeSpan.FromDays(30);
            var task = progress.AddTask("Filling thirty days of mail", maxValue: (_state.Origin - begin).TotalMinutes);
            await feed.FeedAsync(
                Sample.History().Skip((int)before),
                (count, until) =>
                {
                    task.Value = Math.Clamp((until - begin).TotalMinutes, 0, task.MaxValue);
                    notice.Filling(task.Value / task.MaxValue);
                    _state = _state with { HistoryFed = before + count };
                    _state.Write(_directory);
                    return ValueTask.CompletedTask;
                },
                cancellationToken);
            task.Value = task.MaxValue;
        });
        await File.WriteAllTextAsync(Path.Combine(_directory, "truth.json"), Sample.Truth(), cancellationToken);

        // What is learned after the history, so that delivered mail turns out to be bad.
        await AddEntriesAsync(Sample.LateListEntries, cancellationToken);
        _state = _state with { HistoryComplete = true };
        _state.Write(_directory);
        notice.Filled();
        return _state.HistoryFed - before;
    }

    private async Task AddEntriesAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        var list = _list ?? throw new InvalidOperationException("The directory is imported first.");
        var caller = Caller.System("demo", Permission.SecuritySettingsRead, Permission.DetectionTuningManage);
        var read = await list.ReadAsync(caller, string.Join('\n', lines), new EntryDefaults(IsAllow: false) { Source = "Demo" }, cancellationToken);
        if (read.Bad.Count > 0)
        {
            throw new InvalidOperationException($"The sample's list could not be read: {read.Bad[0].Text}: {read.Bad[0].Reason}");
        }

        await list.AddAsync(caller, read.Good, isConfirmed: true, cancellationToken);
    }
}
