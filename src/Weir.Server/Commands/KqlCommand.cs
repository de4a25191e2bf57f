using System.CommandLine;
using System.Text.Json;
using Weir.Events;
using Weir.Events.Contracts;

namespace Weir.Server.Commands;

/// <summary><c>weir kql --jsonl</c>: one query per line of standard input, one answer per line of output. Needs no data directory.</summary>
internal sealed class KqlCommand : ICliCommand
{
    private static readonly TimeSpan QueryTimeout = TimeSpan.FromSeconds(20);

    private readonly Option<bool> _jsonl = new("--jsonl") { Description = "Reads {\"id\",\"query\"} lines and writes one JSON line for each.", Required = true };
    private readonly Option<bool> _bind = new("--bind") { Description = "Gives only the columns that each query would have; runs nothing." };

    public Command Build()
    {
        var command = new Command("kql", "Runs KQL on data that the queries bring themselves; the hunting tables are there and empty.") { _jsonl, _bind };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection().AddScratchStore().BuildServiceProvider();
        var store = services.GetRequiredService<IScratchStore>();
        var isBinding = parsed.GetValue(_bind);
        using var input = new StreamReader(Console.OpenStandardInput());
        await using var output = Console.OpenStandardOutput();
        while (await input.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length == 0)
            {
                continue;
            }

            await output.WriteAsync(await AnswerAsync(store, line, isBinding, cancellationToken), cancellationToken);
            await output.FlushAsync(cancellationToken);
        }

        return 0;
    }

    private static async Task<ReadOnlyMemory<byte>> AnswerAsync(IScratchStore store, string line, bool isBinding, CancellationToken cancellationToken)
    {
        var id = JsonSerializer.SerializeToElement("", JsonLines.Default.String);
        try
        {
            using var request = JsonDocument.Parse(line);
            id = request.RootElement.TryGetProperty("id", out var given) ? given.Clone() : id;
            var query = request.RootElement.TryGetProperty("query", out var text) ? text.GetString() ?? "" : "";
            if (isBinding)
            {
                return AnswerJson.Columns(id, store.Columns(query, TimeProvider.System.GetUtcNow()));
            }

            using var limit = new CancellationTokenSource(QueryTimeout, TimeProvider.System);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            return AnswerJson.Rows(id, await store.AskAsync(query, TimeProvider.System.GetUtcNow(), either.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return AnswerJson.Error(id, $"The query took longer than {QueryTimeout.TotalSeconds:F0} seconds.", 0, 0);
        }
        catch (QuestionException error)
        {
            return AnswerJson.Error(id, error.Message, error.Line, error.Column);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // One broken query must not cost the answers to all that follow in the same process.
            return AnswerJson.Error(id, $"{error.GetType().Name}: {error.Message}", 0, 0);
        }
    }
}
