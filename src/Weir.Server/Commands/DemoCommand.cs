using System.CommandLine;
using System.Globalization;
using System.Diagnostics;
using System.Net;
using Spectre.Console;
using Weir.Access.Contracts;
using Weir.Directory.Contracts;
using Weir.Portal.Shell;
using Weir.Server.Demo;
using Weir.Server.Demo.Lab;
using Weir.Server.Hosting;
using Weir.Server.Local;
using Weir.Server.Samples;
using Weir.Storage.Contracts;

namespace Weir.Server.Commands;

/// <summary><c>weir demo</c>: the sample organisation on embedded stores, on loopback only.</summary>
internal sealed class DemoCommand : ICliCommand
{
    private const int EverydayMessages = 18_000;

    /// <summary>Each takes the way of real mail, and all of them stand between the start and "Ready".</summary>
    private const int LabMessages = 300;

    private readonly Option<string?> _data = new("--data") { Description = "Where the demo keeps its data; .weir/demo, or .weir/lab with --lab.", HelpName = "DIR" };
    private readonly Option<int> _port = new("--port") { Description = "Port of the portal; the next free one is taken when it is in use.", DefaultValueFactory = _ => new ServerOptions().Port };
    private readonly Option<bool> _reset = new("--reset") { Description = "Deletes the demo's data first. Touches only a folder that the demo made." };
    private readonly Option<bool> _noBrowser = new("--no-browser") { Description = "Does not open the portal in a browser." };
    private readonly Option<int?> _messages = new("--messages") { Description = "Everyday messages of the first thirty days; 18000, or 300 with --lab." };
    private readonly Option<int> _seed = new("--seed") { Description = "Another seed gives other people, names and numbers.", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _lab = new("--lab") { Description = "On a real Postfix and Dovecot (root): mail comes in by SMTP and lies in real mailboxes. Starts afresh each time." };

    public Command Build()
    {
        var command = new Command("demo", "Runs Weir with an invented organisation and its mail.") { _data, _port, _reset, _noBrowser, _messages, _seed, _lab };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var isLab = parsed.GetValue(_lab);
        var directory = isLab
            ? MarkedDirectory.OfLab(parsed.GetValue(_data) ?? Path.Combine(".weir", "lab"))
            : MarkedDirectory.OfMail(parsed.GetValue(_data) ?? Path.Combine(".weir", "demo"), "weir demo");
        if ((isLab ? MailLab.WhyNot() : null) is { } why)
        {
            await Console.Error.WriteLineAsync(why);
            return 2;
        }

        // The lab's mailboxes end with it, and a record of mail that lies nowhere would be of no use.
        if (directory.Prepare(parsed.GetValue(_reset) || isLab) is { } refusal)
        {
            await Console.Error.WriteLineAsync(refusal);
            return 2;
        }

        try
        {
            var fill = DemoFill.Open(directory.Path, parsed.GetValue(_seed), parsed.GetValue(_messages) ?? (isLab ? LabMessages : EverydayMessages), TimeProvider.System.GetUtcNow());
            using var clamd = await DemoClamd.StartAsync(DemoFiles.ClamFolder(directory.Path), cancellationToken);
            if (clamd.Remark.Length > 0)
            {
                AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{clamd.Remark}");
            }

            await using var lab = isLab ? await StartLabAsync(directory.Path, fill, cancellationToken) : null;
            DemoFiles.WriteConfiguration(directory.Path, clamd.Address, lab);
            return await ServeAsync(parsed, directory.Path, fill, lab, cancellationToken);
        }
        catch (Exception exception) when (HeldDirectory.IsExplained(exception))
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
    }

    private async Task<int> ServeAsync(ParseResult parsed, string directory, DemoFill fill, MailLab? lab, CancellationToken cancellationToken)
    {
        var wantedPort = parsed.GetValue(_port);
        var notice = new DemoNotice();
        var port = Ports.NextFree(IPAddress.Loopback, wantedPort);
        await using var host = await ServerHost.CreateAsync(
            new ServerHostSettings
            {
                Directory = new DataDirectory(directory),
                Overrides = new Dictionary<string, string?>(StringComparer.Ordinal) { ["server:port"] = $"{port}" },
                LogLevel = LogLevel.Warning,
                Further = services => services.AddSingleton<IHostNotice>(notice),
            },
            cancellationToken);
        await DemoAccounts.EnsureAsync(host.Services.GetRequiredService<IAccounts>(), cancellationToken);
        await fill.ImportDirectoryAsync(host.Services, cancellationToken);
        await DemoPolicies.EnsureAsync(host.Services, cancellationToken);
        await DemoAutomation.EnsureAsync(host.Services, cancellationToken);
        await host.StartAsync(cancellationToken);
        Print(host.Address, wantedPort, port, directory);
        if (lab is not null)
        {
            Print(lab, host.Services.GetRequiredService<IDirectory>().Current.People[0].Address);
        }

        var feed = lab is null ? (IDemoFeed)fill.FeedOf(host.Services) : ActivatorUtilities.CreateInstance<LabFeed>(host.Services, new LabMailer(lab.Smtp, lab.Submission));
        var isFirst = await fill.FeedHistoryAsync(feed, notice, cancellationToken) > 0;
        var drip = new DemoDrip(fill.Sample, feed, directory, TimeProvider.System, host.Services.GetRequiredService<ILogger<DemoDrip>>());
        var caughtUp = await drip.CatchUpAsync(cancellationToken);
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Ready.{(caughtUp > 0 && !isFirst ? $" What happened while the demo was off ({caughtUp:N0} mails, clicks and moves) is in it now." : "")} New mail comes in every few seconds. Press [bold]Ctrl+C[/] to stop.");
        if (!parsed.GetValue(_noBrowser))
        {
            OpenBrowser(host.Address);
        }

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.Application.Lifetime.ApplicationStopping);
        await Task.WhenAny(drip.RunAsync(stopping.Token), host.Application.WaitForShutdownAsync(cancellationToken));
        await stopping.CancelAsync();
        return 0;
    }

    /// <summary>The organisation comes first: the mail server must know its mailboxes before it starts.</summary>
    private static async Task<MailLab> StartLabAsync(string directory, DemoFill fill, CancellationToken cancellationToken)
    {
        var organisation = Path.Combine(directory, "lab-organisation");
        await using (var host = await ServerHost.CreateAsync(new ServerHostSettings { Directory = new DataDirectory(directory), WithPortal = false, LogLevel = LogLevel.Warning }, cancellationToken))
        {
            await fill.ImportDirectoryAsync(host.Services, cancellationToken);
            LabOrganisation.Write(host.Services.GetRequiredService<IDirectory>().Current, organisation);
        }

        return await MailLab.StartAsync(organisation, cancellationToken);
    }

    private static void Print(MailLab lab, string person)
    {
        // Lines to be copied: they must not be broken where the terminal ends.
        Console.WriteLine($"Postfix: SMTP at 127.0.0.1:{lab.Smtp}   Dovecot: IMAP at 127.0.0.1:{lab.Imap}, password of every mailbox: {lab.Password}");
        Console.WriteLine($"Send a mail: swaks --server 127.0.0.1:{lab.Smtp} --from someone@elsewhere.example --to {person} --header 'Subject: Is anybody there?'");
        Console.WriteLine();
    }

    private static void Print(Uri address, int wantedPort, int port, string path)
    {
        if (port != wantedPort)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Port {wantedPort} is in use; taking {port}.");
        }

        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Portal: [bold]{address.AbsoluteUri}[/]   Data: {path}");
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("User name", "Password", "May");
        foreach (var account in DemoAccounts.All)
        {
            table.AddRow(account.Name, account.Password, account.ShortDescription);
        }

        AnsiConsole.Write(table);
    }

    private static void OpenBrowser(Uri address)
    {
        if (!Console.IsOutputRedirected && File.Exists("/usr/bin/xdg-open"))
        {
            using var opened = Process.Start(new ProcessStartInfo("/usr/bin/xdg-open", address.AbsoluteUri) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true });
        }
    }
}
