using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Weir.Access.Contracts;
using Weir.Gateway.Contracts;
using Weir.Server.Hosting;
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
        var request = new ImportRequest([.. parsed.GetRequiredValue(_paths).Select(Path.GetFullPath)], parsed.GetValue(_mailbox));
        var last = new ImportProgress(0, 0, 0, 0, new Dictionary<string, long>(StringComparer.Ordinal));
        try
        {
            await using var host = await ServerHost.CreateAsync(
                new ServerHostSettings { Directory = new DataDirectory(parsed.GetRequiredValue(_data).FullName), WithPortal = false, LogLevel = LogLevel.Warning },
                cancellationToken);
            var caller = new Caller($"local:{Environment.UserName}", Environment.UserName, new HashSet<Permission> { Permission.MailImport });
            await AnsiConsole.Status().StartAsync("Importing …", async status =>
            {
                // Called in place: what is shown is what is in the log.
                var progress = new InPlace(now =>
                {
                    last = now;
                    status.Status = Markup.Escape(Line(now));
                });
                last = await host.Services.GetRequiredService<IMailImport>().ImportAsync(caller, request, progress, cancellationToken);
            });
            await host.Services.GetRequiredService<IAuditTrail>().RecordAsync(caller, new AuditEntry("MailImported", string.Join(' ', request.Paths), "Success", Line(last)), cancellationToken);
            await ShowAsync(last);
            return 0;
        }
        catch (OperationCanceledException)
        {
            await ShowAsync(last);
            await Console.Error.WriteLineAsync("Stopped. Run the same command again to go on.");
            return 130;
        }
        catch (Exception exception) when (exception is ConfigurationException or DataDirectoryInUseException or IOException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }
    }

    private static async Task ShowAsync(ImportProgress done)
    {
        await Console.Out.WriteLineAsync(Line(done));
        foreach (var (reason, count) in done.SkippedBecause.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {count,8} {reason}"));
        }
    }

    private static string Line(ImportProgress now) =>
        string.Create(CultureInfo.InvariantCulture, $"Found {now.Found}, imported {now.Imported}, already known {now.AlreadyKnown}, skipped {now.Skipped}.");

    private sealed class InPlace(Action<ImportProgress> show) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => show(value);
    }
}
