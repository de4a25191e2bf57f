using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Weir.Intelligence.Contracts;
using Weir.Server.Local;

namespace Weir.Server.Commands;

/// <summary><c>weir list</c>: shows and changes the allow/block list; what it changes is in force at once.</summary>
internal sealed class ListCommand : ICliCommand
{
    private const int ProblemsShown = 20;
    private static readonly string KindNames = string.Join(", ", EntryLines.KindWords);

    private readonly Option<DirectoryInfo> _data = DataOption.Create();
    private readonly Option<bool> _json = new("--json") { Description = "As a JSON array." };
    private readonly Option<string> _kind = new("--kind") { Description = $"Only this kind: {KindNames}." };
    private readonly Option<string> _find = new("--find") { Description = "Only entries with this text in value, note, source or name." };
    private readonly Option<string> _state = new Option<string>("--state") { Description = "Only entries that are inforce, expiring (within 7 days) or expired." }.AcceptOnlyFromAmong("inforce", "expiring", "expired");
    private readonly Option<bool> _yes = new("--yes") { Description = "Adds what would concern very many too; without it such an entry is refused with the reason." };
    private readonly Option<string> _expires = new("--expires") { Description = "A day as 2026-12-01, or never; blocks last 30 days and allows until 45 days after they were last used when nothing is said." };
    private readonly Option<string> _note = new("--note") { Description = "Why it is there." };
    private readonly Option<FileInfo> _bad = new("--bad") { Description = "Writes the lines that are no entries, each with its number and the reason, to this file." };
    private readonly Argument<string> _action = new Argument<string>("ACTION") { Description = "allow or block." }.AcceptOnlyFromAmong("allow", "block");
    private readonly Argument<string> _kindOf = new Argument<string>("KIND") { Description = $"{KindNames}." }.AcceptOnlyFromAmong([.. EntryLines.KindWords]);
    private readonly Argument<string> _value = new("VALUE") { Description = "An address, a domain (*.name for all below), a URL, a SHA-256, an IP address or range, or a pair: \"weir.example, mailer.example\"." };
    private readonly Argument<FileInfo> _file = new("FILE") { Description = "One entry a line; - is standard input." };
    private readonly Option<bool> _allow = new("--allow") { Description = "Lines that only give a value are allowed instead of blocked." };

    public Command Build()
    {
        _kind.AcceptOnlyFromAmong([.. EntryLines.KindWords]);
        _state.AcceptOnlyFromAmong("inforce", "expiring", "expired");
        var show = new Command("show", "Shows the entries.") { _kind, _find, _state, _json, _data };
        show.SetAction(ShowAsync);
        var add = new Command("add", "Adds an entry.") { _action, _kindOf, _value, _expires, _note, _yes, _data };
        add.SetAction((parsed, cancellationToken) =>
        {
            var expires = parsed.GetValue(_expires) is { } when ? $" expires {when}" : "";
            var note = parsed.GetValue(_note) is { } text ? $" # {text.ReplaceLineEndings(" ")}" : "";
            var line = $"{parsed.GetRequiredValue(_action)} {parsed.GetRequiredValue(_kindOf)} {parsed.GetRequiredValue(_value).ReplaceLineEndings(" ")}{expires}{note}";
            return AddAsync(parsed, new ListRequest(ListDeed.Add, line, Source: "Command line", IsConfirmed: parsed.GetValue(_yes)), cancellationToken);
        });
        var remove = new Command("remove", "Takes entries out.") { _value, _kind, _data };
        remove.SetAction(RemoveAsync);
        var import = new Command("import", "Adds a file of entries: lines as export writes them, or values alone, which are blocked.") { _file, _allow, _kind, _yes, _bad, _data };
        import.SetAction(async (parsed, cancellationToken) =>
        {
            var file = parsed.GetRequiredValue(_file);
            string text;
            try
            {
                text = file.ToString() == "-" ? await Console.In.ReadToEndAsync(cancellationToken) : await File.ReadAllTextAsync(file.FullName, cancellationToken);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync(exception.Message);
                return 2;
            }

            var request = new ListRequest(ListDeed.Add, text, Kind: parsed.GetValue(_kind) ?? "", IsAllow: parsed.GetValue(_allow), Source: file.Name, IsConfirmed: parsed.GetValue(_yes));
            return await AddAsync(parsed, request, cancellationToken);
        });
        var export = new Command("export", "Writes all entries, one a line, as import reads them.") { _kind, _find, _state, _data };
        export.SetAction(ExportAsync);
        return new Command("list", "The allow/block list.") { show, add, remove, import, export };
    }

    private ListRequest Wanted(ParseResult parsed) => new(ListDeed.Show, parsed.GetValue(_find) ?? "", Kind: parsed.GetValue(_kind) ?? "", State: parsed.GetValue(_state) ?? "");

    private async Task<int> ShowAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (await AskAsync(parsed, Wanted(parsed), cancellationToken) is not { } answer)
        {
            return 2;
        }

        if (parsed.GetValue(_json))
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(answer.Entries, LocalJson.Default.IReadOnlyListListLine));
            return 0;
        }

        if (Console.IsOutputRedirected)
        {
            // Programs read it: a value is never broken into lines.
            foreach (var entry in answer.Entries)
            {
                await Console.Out.WriteLineAsync(string.Join('\t', new[] { entry.Action, entry.Kind, entry.Value, Expiry(entry), Day(entry.LastUsed), entry.ModifiedBy, entry.Note }.Select(AnswerOutput.Printable)));
            }

            return 0;
        }

        var grid = new Grid().AddColumns(7).AddRow("ACTION", "KIND", "VALUE", "EXPIRES", "LAST USED", "BY", "NOTE");
        foreach (var entry in answer.Entries)
        {
            grid.AddRow(new Text(entry.Action), new Text(entry.Kind), new Text(AnswerOutput.Printable(entry.Value)), new Text(Expiry(entry)), new Text(Day(entry.LastUsed)), new Text(AnswerOutput.Printable(entry.ModifiedBy)), new Text(AnswerOutput.Printable(entry.Note)));
        }

        AnsiConsole.Write(grid);
        return 0;
    }

    private async Task<int> ExportAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (await AskAsync(parsed, Wanted(parsed), cancellationToken) is not { } answer)
        {
            return 2;
        }

        foreach (var entry in answer.Entries)
        {
            await Console.Out.WriteLineAsync(entry.Line);
        }

        return 0;
    }

    private async Task<int> RemoveAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (await AskAsync(parsed, new ListRequest(ListDeed.Remove, Value: parsed.GetRequiredValue(_value), Kind: parsed.GetValue(_kind) ?? ""), cancellationToken) is not { } answer)
        {
            return 2;
        }

        foreach (var entry in answer.Entries)
        {
            await Console.Out.WriteLineAsync($"Taken out: {entry.Line}");
        }

        return await ProblemsAsync(parsed, answer, cancellationToken);
    }

    private async Task<int> AddAsync(ParseResult parsed, ListRequest request, CancellationToken cancellationToken)
    {
        if (await AskAsync(parsed, request, cancellationToken) is not { } answer)
        {
            return 2;
        }

        await Console.Out.WriteLineAsync($"{answer.Changed:N0} added{(answer.Changed > 0 ? ", in force now. Stored mail that has it is judged again; policies then move it (Action center, weir action list)" : "")}.{(answer.AlreadyThere > 0 ? $" {answer.AlreadyThere:N0} were on the list already." : "")}");
        return await ProblemsAsync(parsed, answer, cancellationToken);
    }

    private async Task<int> ProblemsAsync(ParseResult parsed, ListAnswer answer, CancellationToken cancellationToken)
    {
        var all = answer.Problems.Concat(answer.Cautions.Select(caution => caution with { Reason = caution.Reason + " Left out; --yes adds it." })).ToList();
        foreach (var problem in all.Take(ProblemsShown))
        {
            // It may repeat what stands in the line.
            var reason = AnswerOutput.Printable(problem.Reason);
            await Console.Error.WriteLineAsync(problem.Line > 0 && all.Count > 1 ? $"Line {problem.Line}: {reason}" : reason);
        }

        if (all.Count > ProblemsShown)
        {
            await Console.Error.WriteLineAsync($"… and {all.Count - ProblemsShown:N0} more lines; --bad FILE writes all of them.");
        }

        if (all.Count > 0 && parsed.GetValue(_bad) is { } file)
        {
            await File.WriteAllLinesAsync(file.FullName, all.Select(problem => $"{problem.Text} # line {problem.Line}: {problem.Reason}"), cancellationToken);
        }

        return all.Count == 0 ? 0 : 1;
    }

    /// <summary>Nothing when it could not be asked; that was said then.</summary>
    private async Task<ListAnswer?> AskAsync(ParseResult parsed, ListRequest request, CancellationToken cancellationToken)
    {
        var directory = parsed.DirectoryOf(_data);
        try
        {
            return await HeldDirectory.DoAsync(
                directory,
                services => LocalList.DoAsync(services, Environment.UserName, request, cancellationToken),
                () => LocalList.AskAsync(directory, request, cancellationToken),
                cancellationToken);
        }
        catch (Exception exception) when (HeldDirectory.IsExplained(exception))
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return null;
        }
    }

    private static string Expiry(ListLine entry) => entry switch
    {
        { State: nameof(EntryState.Expired) } => $"expired {Day(entry.Expires)}",
        { UnusedDays: { } days } => $"{Day(entry.Expires)} ({days} d unused)",
        { Expires: null } => "never",
        _ => Day(entry.Expires),
    };

    private static string Day(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
