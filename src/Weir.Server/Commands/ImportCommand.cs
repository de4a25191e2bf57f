using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Weir.Gateway.Contracts;
using Weir.Server.Local;
using Weir.Storage.Contracts;

namespace Weir.Server.Commands;

/// <summary><c>weir import PATH…</c>: brings <c>.eml</c> files, mbox files and Maildir trees into the record. Stopped or killed, it goes on where it was when run again.</summary>
internal sealed class ImportCommand : ICliCommand
{
    private readonly Argument<string[]> _paths = new("PATH") { Description = "Files (.eml, mbox) and folders (Maildir trees, folders of such files).", Arity = ArgumentArity.OneOrMore };
    private readonly Option<DirectoryInfo> _data = DataOption.Create();
    private readonly Option<string?> _mailbox = new("--mailbox") { Description = "Whose mailbox it is; otherwise found in the messages' own fields and the folders' names.", HelpName = "ADDRESS" };

    public Command Build()
    {
        var command = new Command("import", "Brings existing mail into the record.") { _paths, _data, _mailbox };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var directory = parsed.DirectoryOf(_data);
        var request = new ImportRequest([.. parsed.GetRequiredValue(_paths).Select(Path.GetFullPath)], parsed.GetValue(_mailbox));
        var missing = request.Paths.Where(path => !Path.Exists(path)).ToList();
        foreach (var path in missing)
        {
            await Console.Error.WriteLineAsync($"There is nothing at {path}.");
        }

        if (missing.Count > 0)
        {
            await Console.Error.WriteLineAsync("Nothing was imported.");
            return 2;
        }

        var last = new ImportProgress(0, 0, 0, 0, new Dictionary<string, long>(StringComparer.Ordinal));
        try
        {
            if (Console.IsOutputRedirected)
            {
                // A status that cannot be overwritten would say everything twice.
                last = await ImportAsync(directory, request, now => last = now, cancellationToken);
            }
            else
            {
                await AnsiConsole.Status().StartAsync("Importing …", async status => last = await ImportAsync(
                    directory,
                    request,
                    now =>
                    {
                        last = now;
                        status.Status = Markup.Escape(LocalImport.Text(now));
                    },
                    cancellationToken));
            }

            await ShowAsync(last);
            return 0;
        }
        catch (OperationCanceledException)
        {
            await ShowAsync(last);
            await Console.Error.WriteLineAsync("Stopped. Run the same command again to go on.");
            return 130;
        }
        catch (Exception exception) when (HeldDirectory.IsExplained(exception))
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }
    }

    private static Task<ImportProgress> ImportAsync(DataDirectory directory, ImportRequest request, Action<ImportProgress> show, CancellationToken cancellationToken) =>
        HeldDirectory.DoAsync(
            directory,
            services => LocalImport.ImportAsync(services, Environment.UserName, request, show, cancellationToken),
            () => LocalImport.AskAsync(directory, request, show, cancellationToken),
            cancellationToken);

    private static async Task ShowAsync(ImportProgress done)
    {
        await Console.Out.WriteLineAsync(LocalImport.Text(done));
        foreach (var (reason, count) in done.SkippedBecause.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {count,8} {reason}"));
        }
    }
}
