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
    private readonly Option<DirectoryInfo> _data = new("--data") { Description = "The data directory.", HelpName = "DIR", DefaultValueFactory = _ => new DirectoryInfo(Path.Combine(".weir", "demo")) };
    private readonly Option<string?> _mailbox = new("--mailbox") { Description = "Whose mailbox it is; otherwise found in the messages' own fields and the folders' names.", HelpName = "ADDRESS" };

    public Command Build()
    {
        var command = new Command("import", "Brings existing mail into the record.") { _paths, _data, _mailbox };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var directory = new DataDirectory(parsed.GetRequiredValue(_data).FullName);
        var request = new ImportRequest([.. parsed.GetRequiredValue(_paths).Select(Path.GetFullPath)], parsed.GetValue(_mailbox));
        var last = new ImportProgress(0, 0, 0, 0, new Dictionary<string, long>(StringComparer.Ordinal));
        try
        {
            await AnsiConsole.Status().StartAsync("Importing …", async status =>
            {
                void Show(ImportProgress now)
                {
                    last = now;
                    status.Status = Markup.Escape(LocalImport.Text(now));
                }

                last = await HeldDirectory.DoAsync(
                    directory,
                    services => LocalImport.ImportAsync(services, Environment.UserName, request, Show, cancellationToken),
                    () => LocalImport.AskAsync(directory, request, Show, cancellationToken),
                    cancellationToken);
            });
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

    private static async Task ShowAsync(ImportProgress done)
    {
        await Console.Out.WriteLineAsync(LocalImport.Text(done));
        foreach (var (reason, count) in done.SkippedBecause.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {count,8} {reason}"));
        }
    }
}
