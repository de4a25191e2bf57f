using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using Spectre.Console;
using Weir.Intelligence.Contracts;
using Weir.Mail;
using Weir.Mail.Contracts;
using Weir.Mailboxes.Contracts;
using Weir.Server.Audit;

namespace Weir.Server.Commands;

/// <summary><c>weir audit</c>: reads mailboxes and says what lies in them that should not. Changes nothing and needs no data directory.</summary>
internal sealed class AuditCommand : ICliCommand
{
    private readonly Argument<string> _source = new("SOURCE") { Description = "A folder of Maildir mailboxes, or imaps://USER@HOST (imap:// with STARTTLS)." };
    private readonly Option<int> _days = DaysOption.Create("Mail of so many days.", otherwise: 30, most: 36_500);
    private readonly Option<string> _out = new("--out") { Description = "Folder for report.html, findings.csv and the progress.", HelpName = "FOLDER", DefaultValueFactory = _ => "weir-audit" };
    private readonly Option<string?> _mailboxes = new("--mailboxes") { Description = "IMAP: reads the mailboxes of this file, one address a line; the URL's user is the master user.", HelpName = "FILE" };
    private readonly Option<string> _login = new("--login") { Description = "IMAP: how the master user logs in.", DefaultValueFactory = _ => "{mailbox}*{master}", HelpName = "TEMPLATE" };
    private readonly Option<string?> _password = new("--password-file") { Description = "IMAP: a file with the password as its first line; - reads standard input. Asked for otherwise.", HelpName = "FILE" };
    private readonly Option<string> _certificate = new("--certificate") { Description = "IMAP: SHA-256 of the server's own certificate.", DefaultValueFactory = _ => "", HelpName = "HEX" };
    private readonly Option<bool> _plain = new("--plain") { Description = "IMAP: without TLS, to this machine only." };
    private readonly Option<string[]> _domains = Several("--domain", "An own domain, beside those of the mailboxes.", "DOMAIN");
    private readonly Option<string[]> _relays = Several("--relay", "A machine of ours that mail passes: address, network or host name. Private addresses are.", "HOST");
    private readonly Option<string[]> _servers = Several("--own-server", "Believes Authentication-Results of this name (your server must take forged ones off).", "NAME");
    private readonly Option<string[]> _believe = Several("--believe-filter", "rspamd or spamassassin: your servers take its fields off incoming mail, so they are believed wherever they stand.", "FILTER");
    private readonly Option<string?> _dns = new("--dns") { Description = "Asks DNS for SPF, DKIM and DMARC: \"system\", or a JSON zone. Without it nothing is looked up.", HelpName = "FILE" };
    private readonly Option<string?> _list = new("--list") { Description = "Weir's allow/block list as a file.", HelpName = "FILE" };
    private readonly Option<string?> _clamd = new("--clamd") { Description = "Has attachments scanned: unix:/path or host:port.", HelpName = "SOCKET" };
    private readonly Option<string?> _model = new("--model") { Description = "Judges with this model of weir train; \"none\": with the rules alone.", HelpName = "FILE" };
    private readonly Option<string?> _yara = new("--yara") { Description = "YARA rules (*.yar) of this folder run over attachments.", HelpName = "DIR" };

    public Command Build()
    {
        var command = new Command("audit", "Reads mailboxes, changes nothing, and reports what lies in them that should not.")
        {
            _source, _days, _out, _mailboxes, _login, _password, _certificate, _plain, _domains, _relays, _servers, _believe, _dns, _list, _clamd, _model, _yara,
        };
        // Of the options themselves: a default is not seen by the command's own.
        command.Validators.Add(result =>
        {
            if (result.GetValue(_believe)?.FirstOrDefault(filter => !Weir.Detection.Contracts.OtherFilters.Known.Contains(filter, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            {
                result.AddError($"--believe-filter {unknown} is not known; use rspamd or spamassassin.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static Option<string[]> Several(string name, string description, string help) => new(name) { Description = description + " May be repeated.", HelpName = help, DefaultValueFactory = _ => [] };

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var settings = Settings(parsed);
            await using var source = await SourceAsync(parsed, settings, cancellationToken);
            return await RunAsync(source, settings, cancellationToken);
        }
        catch (Exception exception) when (exception is MailboxException or IOException or InvalidDataException or UnauthorizedAccessException or OptionsValidationException)
        {
            await Console.Error.WriteLineAsync(Plain.Text(exception.Message));
            return 1;
        }
    }

    private static async Task<int> RunAsync(IReadMailboxes source, AuditSettings settings, CancellationToken cancellationToken)
    {
        var mailboxes = await source.ListAsync(cancellationToken);
        Prepare(settings.Out);
        using var journal = AuditJournal.Open(settings.Out);
        var same = $"{string.Join(' ', settings.Domains)}|{string.Join(' ', settings.Relays)}|{string.Join(' ', settings.Servers)}|{string.Join(' ', settings.BelievedFilters)}|{settings.Authenticator is not null}|{settings.List.Count}|{string.Join(' ', settings.Judge)}";
        if (journal.Head is { } before && (before.Source != source.Source || before.Days != settings.Days || before.Settings != same))
        {
            await Console.Error.WriteLineAsync($"{settings.Out} holds another audit ({before.Days} days of {before.Source}, begun {before.Started:yyyy-MM-dd HH:mm} UTC). Name another --out.");
            return 2;
        }

        if (journal.Head is null)
        {
            journal.Begin(new AuditHead(source.Source, settings.Days, settings.Since, TimeProvider.System.GetUtcNow(), mailboxes.Count, same));
        }

        var progress = new AuditProgress(Console.Error, !Console.IsErrorRedirected, TimeProvider.System);
        var isStopped = false;
        try
        {
            // The same days as at its beginning: a report of two spans would be none.
            await new AuditRun(source, settings with { Since = journal.Head!.Since }, journal, progress).RunAsync(mailboxes, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            isStopped = true;
        }

        progress.End();
        var totals = AuditReport.Write(settings.Out, TimeProvider.System.GetUtcNow());
        return await SayAsync(totals, settings.Out, isStopped);
    }

    private static async Task<int> SayAsync(AuditTotals totals, string folder, bool isStopped)
    {
        foreach (var kind in Enum.GetValues<FindingKind>())
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{totals.Of(kind),8} {ReportWords.Title(kind)}"));
        }

        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{totals.Judged,8} messages judged, {totals.NotRead.Values.Sum()} not read; {totals.MailboxesDone} of {totals.Head?.Mailboxes} mailboxes to their end."));
        await Console.Out.WriteLineAsync($"Report: {Path.GetFullPath(Path.Combine(folder, AuditReport.PageName))}");
        if (isStopped)
        {
            await Console.Error.WriteLineAsync("Stopped: the report holds what was read so far. Run the same command again to go on.");
            return 130;
        }

        // With nothing read there is nothing to report.
        return totals.MailboxesDone == 0 && totals.Failures.Count > 0 ? 1 : 0;
    }

    private static void Prepare(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            System.IO.Directory.CreateDirectory(folder);
        }
        else if (!System.IO.Directory.Exists(folder))
        {
            System.IO.Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private AuditSettings Settings(ParseResult parsed)
    {
        var days = parsed.GetValue(_days);
        var (entries, problems) = parsed.GetValue(_list) is { } list ? AllowBlockFiles.Read(list) : ([], []);
        return problems.Count > 0 ? throw new InvalidDataException($"{parsed.GetValue(_list)}, {problems[0]}") : new AuditSettings
        {
            Since = TimeProvider.System.GetUtcNow().AddDays(-days),
            Days = days,
            Out = Path.GetFullPath(parsed.GetValue(_out)!),
            Domains = parsed.GetValue(_domains) ?? [],
            Relays = parsed.GetValue(_relays) ?? [],
            Servers = parsed.GetValue(_servers) ?? [],
            BelievedFilters = parsed.GetValue(_believe) ?? [],
            List = entries,
            Authenticator = Authenticator(parsed.GetValue(_dns)),
            Judge = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["detection:clamd"] = parsed.GetValue(_clamd) ?? "",
                ["inspection:yara"] = parsed.GetValue(_yara) is { } rules ? Path.GetFullPath(rules) : "",
                ["detection:model"] = parsed.GetValue(_model) is { } model and not "none" ? Path.GetFullPath(model) : parsed.GetValue(_model) ?? "",
            },
        };
    }

    private async Task<IReadMailboxes> SourceAsync(ParseResult parsed, AuditSettings settings, CancellationToken cancellationToken)
    {
        var source = parsed.GetValue(_source)!;
        if (!source.Contains("://", StringComparison.Ordinal))
        {
            return MailboxReading.OfFolder(source, settings.Domains);
        }

        if (ImapUrl.Parse(source) is not { } url)
        {
            throw new InvalidDataException($"{source} cannot be read; write imaps://USER@HOST or imap://USER@HOST, with :PORT if it is another.");
        }

        var list = parsed.GetValue(_mailboxes);
        var mailboxes = list is null ? [url.User] : (await File.ReadAllLinesAsync(list, cancellationToken)).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').ToList();
        return mailboxes.Count == 0 ? throw new InvalidDataException($"{list} names no mailbox.") : MailboxReading.OfServer(
            new ImapToRead
            {
                Host = url.Host,
                Port = url.Port,
                IsStartTls = !url.IsTls,
                IsPlain = parsed.GetValue(_plain),
                CertificateSha256 = parsed.GetValue(_certificate) ?? "",
                Mailboxes = mailboxes,
                MasterUser = list is null ? "" : url.User,
                Login = parsed.GetValue(_login)!,
                Password = await PasswordAsync(parsed.GetValue(_password), url, cancellationToken),
            },
            TimeProvider.System);
    }

    private static async Task<string> PasswordAsync(string? file, ImapUrl url, CancellationToken cancellationToken)
    {
        if (file is null && Console.IsInputRedirected)
        {
            throw new InvalidDataException("Name a --password-file: there is no terminal to ask for the password.");
        }

        if (file is null)
        {
            return await new TextPrompt<string>($"Password of {Markup.Escape(url.User)} at {Markup.Escape(url.Host)}:").Secret().ShowAsync(AnsiConsole.Console, cancellationToken);
        }

        var text = file == "-" ? await Console.In.ReadLineAsync(cancellationToken) ?? "" : await File.ReadAllTextAsync(file, cancellationToken);
        return text.Split('\n')[0].TrimEnd('\r');
    }

    private static IMailAuthenticator? Authenticator(string? dns) => dns switch
    {
        null => null,
        "system" => MailModule.CreateAuthenticator(Dns.System(new DnsOptions()), TimeProvider.System),
        _ => MailModule.CreateAuthenticator(Dns.FromZoneFile(dns), TimeProvider.System),
    };
}
