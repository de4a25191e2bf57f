using System.CommandLine;
using System.Globalization;
using Weir.Events;
using Weir.Events.Contracts;
using Weir.Server.Local;
using Weir.Storage.Contracts;

namespace Weir.Server.Commands;

/// <summary><c>weir hunt 'QUERY'</c>: a question in KQL, answered as a table, JSON or CSV.</summary>
internal sealed class HuntCommand : ICliCommand
{
    // A terminal shows that many rows; the files have all.
    private const int RowsOfTable = 1000;

    private readonly Argument<string> _query = new("QUERY") { Description = "The question in KQL; - reads it from standard input." };
    private readonly Option<DirectoryInfo> _data = DataOption.Create();
    private readonly Option<bool> _json = new("--json") { Description = "All rows as a JSON array of objects." };
    private readonly Option<bool> _csv = new("--csv") { Description = "All rows as CSV (RFC 4180) with a header line." };
    private readonly Option<int> _timeout = new("--timeout") { Description = "Time limit in seconds.", HelpName = "SECONDS", DefaultValueFactory = _ => 60 };

    public Command Build()
    {
        var command = new Command("hunt", "Asks the event store in KQL.") { _query, _data, _json, _csv, _timeout };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var directory = parsed.DirectoryOf(_data);
        var text = parsed.GetRequiredValue(_query);
        var question = new Question(text == "-" ? await Console.In.ReadToEndAsync(cancellationToken) : text) { Timeout = TimeSpan.FromSeconds(parsed.GetValue(_timeout)) };
        try
        {
            var parts = AskAsync(directory, question, cancellationToken);
            await (parsed.GetValue(_json) ? AnswerOutput.JsonAsync(parts, Console.Out, cancellationToken)
                : parsed.GetValue(_csv) ? AnswerOutput.CsvAsync(parts, Console.Out, cancellationToken)
                : AnswerOutput.TableAsync(parts, Console.Out, RowsOfTable, cancellationToken));
            return 0;
        }
        catch (QuestionException refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Line == 0 ? refusal.Message : string.Create(CultureInfo.InvariantCulture, $"Line {refusal.Line}, column {refusal.Column}: {refusal.Message}"));
            return 1;
        }
        catch (Exception problem) when (problem is UnreadableFactException || HeldDirectory.IsExplained(problem))
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 2;
        }
    }

    private static async IAsyncEnumerable<Answer> AskAsync(DataDirectory directory, Question question, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var host = await HeldDirectory.TryOpenAsync(directory, cancellationToken);
        if (host is not null)
        {
            EventsModule.BringUpToDate(host.Services, cancellationToken);
        }

        var parts = host is null ? LocalHunt.AskAsync(directory, question, cancellationToken) : LocalHunt.AnswerAsync(host.Services, Environment.UserName, question, cancellationToken);
        await foreach (var part in parts.WithCancellation(cancellationToken))
        {
            yield return part;
        }
    }
}
