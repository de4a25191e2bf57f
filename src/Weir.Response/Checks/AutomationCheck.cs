using System.Globalization;
using Weir.Access.Contracts;
using Weir.Kernel;
using Weir.Response.Contracts;

namespace Weir.Response.Checks;

/// <summary>Whether Weir takes mail back by itself, and what waits for a person.</summary>
internal sealed class AutomationCheck(IAutomation automation, IRemediation remediation, TimeProvider time) : ICheck
{
    private static readonly Caller Doctor = Caller.System("doctor", Permission.SecurityDataRead);

    public string Name => "After delivery";

    public async ValueTask<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var state = await automation.StateAsync(Doctor, cancellationToken);
        var actions = await remediation.HistoryAsync(Doctor, time.GetUtcNow().AddDays(-90), cancellationToken);
        var waiting = actions.Where(action => action.Status == RemediationStatus.Pending).ToList();
        return
        [
            state.IsOn
                ? new CheckResult(CheckState.Ok, string.Create(CultureInfo.InvariantCulture, $"Automation is on: up to {state.Limit:N0} messages in an hour are taken back without a person"))
                : new CheckResult(CheckState.Warning, $"Automation was stopped by {state.By}: mail that turns out bad stays where it is", "weir automation start, when what it was stopped for is over."),
            waiting.Count == 0
                ? new CheckResult(CheckState.Ok, "No action waits for approval")
                : new CheckResult(
                    CheckState.Warning,
                    string.Create(CultureInfo.InvariantCulture, $"{(waiting.Count == 1 ? "1 action waits" : $"{waiting.Count} actions wait")} for approval, the oldest since {waiting.Min(action => action.CreatedAt):u}"),
                    "Approve or reject in Action center › Pending, or with weir action."),
        ];
    }
}
