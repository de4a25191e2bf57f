using System.CommandLine;
using System.Globalization;
using Weir.Server.Local;

namespace Weir.Server.Commands;

/// <summary><c>weir automation</c>: whether Weir takes mail back by itself; stops it within a second.</summary>
internal sealed class AutomationCommand : ICliCommand
{
    private readonly Option<DirectoryInfo> _data = DataOption.Create();
    private readonly Option<string?> _reason = new("--reason") { Description = "Kept in the audit trail." };

    public Command Build()
    {
        var status = new Command("status", "Says whether Weir takes mail back by itself, and how much at a time.") { _data };
        status.SetAction((parsed, cancellationToken) => RunAsync(parsed, isOn: null, cancellationToken));
        var stop = new Command("stop", "Stops it within a second. What is under way waits in Action center › Pending.") { _reason, _data };
        stop.SetAction((parsed, cancellationToken) => RunAsync(parsed, isOn: false, cancellationToken));
        var start = new Command("start", "Lets Weir act by itself again. What waits goes on waiting.") { _reason, _data };
        start.SetAction((parsed, cancellationToken) => RunAsync(parsed, isOn: true, cancellationToken));
        return new Command("automation", "Whether Weir takes mail back by itself when it turns out bad after delivery.") { status, stop, start };
    }

    private async Task<int> RunAsync(ParseResult parsed, bool? isOn, CancellationToken cancellationToken)
    {
        var directory = parsed.DirectoryOf(_data);
        var request = new AutomationRequest(isOn, isOn is null ? null : parsed.GetValue(_reason));
        return await HeldDirectory.TellAsync(
            directory,
            services => LocalAutomation.DoAsync(services, Environment.UserName, request, cancellationToken),
            () => LocalAutomation.AskAsync(directory, request, cancellationToken),
            async state =>
            {
                await Console.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Automation is {(state.IsOn ? $"on: up to {state.Limit} messages at a time; more waits in Action center › Pending" : "stopped: everything waits in Action center › Pending")}.{(state.At is { } at ? $" Set by {state.By}, {at:u}." : "")}"));
                return 0;
            },
            cancellationToken);
    }
}
