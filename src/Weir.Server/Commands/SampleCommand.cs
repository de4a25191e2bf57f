using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Weir.Access.Contracts;
using Weir.Events;
using Weir.Events.Contracts;
using Weir.Server.Demo;
using Weir.Server.Hosting;
using Weir.Server.Local;
using Weir.Server.Samples;
using Weir.Storage.Contracts;

namespace Weir.Server.Commands;

/// <summary><c>weir sample</c>: invented data for trials and load. <c>--messages</c> sends mail through intake, <c>--rows</c> writes rows straight into an event store of its own.</summary>
internal sealed class SampleCommand : ICliCommand
{
    private readonly Option<int?> _messages = new("--messages") { Description = "So many everyday messages of an invented organisation (its stories come on top), through intake.", HelpName = "N" };
    private readonly Option<long?> _rows = new("--rows") { Description = "So many rows without mail behind them, for load.", HelpName = "N" };
    private readonly Option<DirectoryInfo?> _data = new("--data") { Description = "Where it goes: new, empty, or made by the same command (default: .weir/sample or .weir/rows).", HelpName = "DIR" };
    private readonly Option<int> _seed = new("--seed") { Description = "Another seed gives other people, names and numbers.", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _reset = new("--reset") { Description = "Deletes what this command made there before." };

    public Command Build()
    {
        var command = new Command("sample", "Makes invented mail, or invented rows for load.") { _messages, _rows, _data, _seed, _reset };
        command.Validators.Add(result =>
        {
            if (result.GetValue(_messages).HasValue == result.GetValue(_rows).HasValue || (result.GetValue(_messages) ?? result.GetValue(_rows) ?? 0) < 1)
            {
                result.AddError("Give either --messages N or --rows N, with N at least 1.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var rows = parsed.GetValue(_rows);
        var path = parsed.GetValue(_data)?.FullName ?? Path.Combine(".weir", rows is null ? "sample" : "rows");
        var directory = rows is null ? MarkedDirectory.OfMail(path, "weir sample --messages") : MarkedDirectory.OfRows(path);
        if (directory.Prepare(parsed.GetValue(_reset)) is { } refusal)
        {
            await Console.Error.WriteLineAsync(refusal);
            return 2;
        }

        try
        {
            var begin = TimeProvider.System.GetTimestamp();
            var done = rows is { } count
                ? await RowsAsync(directory, new RowsState(parsed.GetValue(_seed), count, TimeProvider.System.GetUtcNow()), cancellationToken)
                : await MessagesAsync(directory, parsed.GetValue(_seed), parsed.GetValue(_messages)!.Value, cancellationToken);
            if (done is not null)
            {
                await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{done} in {TimeProvider.System.GetElapsedTime(begin).TotalSeconds:F0} s. Data: {directory.Path}"));
            }

            return done is null ? 2 : 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(rows is null ? "Stopped. Run the same command again to go on." : "Stopped. Run the same command again: it starts afresh.");
            return 130;
        }
        catch (Exception exception) when (HeldDirectory.IsExplained(exception))
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }
    }

    private static async Task<string?> MessagesAsync(MarkedDirectory directory, int seed, int messages, CancellationToken cancellationToken)
    {
        var fill = DemoFill.Open(directory.Path, seed, messages, TimeProvider.System.GetUtcNow());
        if (fill.Messages != messages || fill.Seed != seed)
        {
            await Console.Error.WriteLineAsync($"{directory.Path} was begun with --messages {fill.Messages} --seed {fill.Seed}. Go on with these, or start afresh with --reset.");
            return null;
        }

        await using var host = await ServerHost.CreateAsync(
            new ServerHostSettings { Directory = new DataDirectory(directory.Path), WithPortal = false, LogLevel = LogLevel.Warning },
            cancellationToken);
        await DemoAccounts.EnsureAsync(host.Services.GetRequiredService<IAccounts>(), cancellationToken);
        await fill.ImportDirectoryAsync(host.Services, cancellationToken);
        await DemoPolicies.EnsureAsync(host.Services, cancellationToken);
        var events = await fill.FeedHistoryAsync(fill.FeedOf(host.Services), new DemoNotice(), cancellationToken);
        EventsModule.BringUpToDate(host.Services, cancellationToken);
        var answer = await host.Services.GetRequiredService<IQuestions>().AskAsync(Caller.System("sample", Permission.EmailMetadataRead), new Question("EmailEvents | count"), cancellationToken);
        return $"{events} events fed; {answer.Rows[0][0]} rows in EmailEvents";
    }

    private static async Task<string?> RowsAsync(MarkedDirectory directory, RowsState wanted, CancellationToken cancellationToken)
    {
        if (RowsState.Read(directory.Path) is { } made)
        {
            await Console.Error.WriteLineAsync($"{directory.Path} holds {made.Rows} rows of seed {made.Seed} already. Start afresh with --reset.");
            return null;
        }

        // What a stopped run left is not known to be whole rows of these settings.
        if (directory.Prepare(reset: true) is { } refusal)
        {
            await Console.Error.WriteLineAsync(refusal);
            return null;
        }

        await AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(async progress =>
        {
            var task = progress.AddTask("Writing rows", maxValue: wanted.Rows);
            await RowsFill.RunAsync(new DataDirectory(directory.Path), wanted, count => task.Value = count, cancellationToken);
        });
        return $"{wanted.Rows} rows";
    }
}
