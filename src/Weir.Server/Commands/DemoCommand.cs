using System.CommandLine;
using System.Globalization;
using System.Diagnostics;
using System.Net;
using Spectre.Console;
using Weir.Access.Contracts;
using Weir.Server.Demo;
using Weir.Server.Hosting;
using Weir.Server.Local;
using Weir.Server.Samples;
using Weir.Storage.Contracts;

namespace Weir.Server.Commands;

/// <summary><c>weir demo</c>: the sample organisation on embedded stores, on loopback only.</summary>
internal sealed class DemoCommand : ICliCommand
{
    public Command Build()
    {
        var data = new Option<string>("--data") { Description = "Where the demo keeps its data.", DefaultValueFactory = _ => Path.Combine(".weir", "demo") };
        var port = new Option<int>("--port") { Description = "Port of the portal; the next free one is taken when it is in use.", DefaultValueFactory = _ => new ServerOptions().Port };
        var reset = new Option<bool>("--reset") { Description = "Deletes the demo's data first. Touches only a folder that the demo made." };
        var noBrowser = new Option<bool>("--no-browser") { Description = "Does not open the portal in a browser." };
        var messages = new Option<int>("--messages") { Description = "Everyday messages of the first thirty days.", DefaultValueFactory = _ => 18_000 };
        var seed = new Option<int>("--seed") { Description = "Another seed gives other people, names and numbers.", DefaultValueFactory = _ => 1 };
        var command = new Command("demo", "Runs Weir with an invented organisation and its mail.") { data, port, reset, noBrowser, messages, seed };
        command.SetAction((result, cancellationToken) => RunAsync(
            MarkedDirectory.OfMail(result.GetRequiredValue(data), "weir demo"), result.GetValue(reset), result.GetValue(port), !result.GetValue(noBrowser), result.GetValue(messages), result.GetValue(seed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(MarkedDirectory directory, bool reset, int wantedPort, bool openBrowser, int messages, int seed, CancellationToken cancellationToken)
    {
        if (directory.Prepare(reset) is { } refusal)
        {
            await Console.Error.WriteLineAsync(refusal);
            return 2;
        }

        var time = TimeProvider.System;
        var fill = DemoFill.Open(directory.Path, seed, messages, time.GetUtcNow());
        using var clamd = await DemoClamd.StartAsync(DemoFiles.ClamFolder(directory.Path), cancellationToken);
        DemoFiles.WriteConfiguration(directory.Path, clamd.Address);
        if (clamd.Remark.Length > 0)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{clamd.Remark}");
        }

        var port = Ports.NextFree(IPAddress.Loopback, wantedPort);
        try
        {
            await using var host = await ServerHost.CreateAsync(
                new ServerHostSettings
                {
                    Directory = new DataDirectory(directory.Path),
                    Overrides = new Dictionary<string, string?>(StringComparer.Ordinal) { ["server:port"] = $"{port}" },
                    LogLevel = LogLevel.Warning,
                },
                cancellationToken);
            await DemoAccounts.EnsureAsync(host.Services.GetRequiredService<IAccounts>(), cancellationToken);
            await fill.ImportDirectoryAsync(host.Services, cancellationToken);
            await host.StartAsync(cancellationToken);
            Print(host.Address, wantedPort, port, directory.Path);
            await fill.FeedHistoryAsync(host, cancellationToken);
            var drip = new DemoDrip(fill.Sample, fill.FeedOf(host.Services), directory.Path, time, host.Services.GetRequiredService<ILogger<DemoDrip>>());
            var caughtUp = await drip.CatchUpAsync(cancellationToken);
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Ready{(caughtUp > 0 ? $" ({caughtUp} events since the last start)" : "")}. New mail comes in every few seconds. Press [bold]Ctrl+C[/] to stop.");
            if (openBrowser)
            {
                OpenBrowser(host.Address);
            }

            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.Application.Lifetime.ApplicationStopping);
            await Task.WhenAny(drip.RunAsync(stopping.Token), host.Application.WaitForShutdownAsync(cancellationToken));
            await stopping.CancelAsync();
            return 0;
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
