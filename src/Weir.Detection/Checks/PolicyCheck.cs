using Microsoft.Extensions.Options;
using Weir.Detection.Contracts;
using Weir.Detection.Policies;
using Weir.Kernel;

namespace Weir.Detection.Checks;

/// <summary>Whether policies decide, and what in them takes protection away.</summary>
internal sealed class PolicyCheck(PoliciesInForce policies, IOptions<DetectionOptions> options) : ICheck
{
    public string Name => "Policies";

    public ValueTask<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var results = new List<CheckResult>
        {
            policies.Current.Mode == PolicyMode.Watch
                ? new CheckResult(CheckState.Off, "Weir watches only: it judges and records, and touches nothing", "Look at the page Watch only, then 'weir policy mode on' (docs/policies.md).")
                : new CheckResult(CheckState.Ok, "Policies decide about delivery"),
        };
        results.AddRange(PolicyRemarks.Of(policies.Table).Where(remark => remark.IsSerious).Select(remark => new CheckResult(CheckState.Warning, remark.Text, "Change it on the page Policies.")));
        if (options.Value.Mode is not null)
        {
            results.Add(new CheckResult(CheckState.Warning, "detection.mode in weir.json is not read any more", "Remove the key; 'weir policy mode' changes the mode."));
        }

        return new(results);
    }
}
