using Weir.Detection.Contracts;
using Weir.Events.Contracts;

namespace Weir.Gateway.Intake;

/// <summary>Writes what policies decided for a recipient into the record.</summary>
internal static class RecordedPolicy
{
    /// <summary>What the allow/block list said of the message: each source once, blocks first.</summary>
    public static IReadOnlyList<RecordedOverride> OfList(Judgement judgement) =>
    [
        .. judgement.Signals.Where(signal => signal.Override != OverrideKind.None).OrderByDescending(signal => signal.Override)
            .Select(signal => PolicyWords.Override(judgement with { Signals = [signal] }))
            .Where(over => over.Action.Length > 0)
            .Select(over => new RecordedOverride { Action = over.Action, Source = over.Policy })
            .Distinct(),
    ];

    /// <param name="list">What the allow/block list said.</param>
    public static RecordedRecipient With(this RecordedRecipient recipient, PolicyOutcome? outcome, IReadOnlyList<RecordedOverride> list)
    {
        if (outcome is null)
        {
            return recipient;
        }

        var isDone = outcome.Held.Length == 0;
        return recipient with
        {
            Action = PolicyNames.Recorded(isDone ? outcome.Action : PolicyAction.NoAction),
            ActionPolicy = isDone && outcome is { Action: not PolicyAction.NoAction, Cause: { } cause } ? PolicyNames.Family(cause) : null,
            PolicyName = outcome.Policy?.Name,
            PolicyType = outcome.Policy is { } policy ? PolicyNames.Of(policy.Type) : null,
            PolicyId = outcome.Policy?.Id.ToString(),
            QuarantinePolicy = isDone && outcome is { Action: PolicyAction.Quarantine, Cause: { } why } ? outcome.Policy?.QuarantinePolicies.GetValueOrDefault(why) : null,
            Held = isDone ? null : outcome.Held,
            WouldDecide = isDone ? null : outcome.WouldDecide.ToString(),
            WouldAction = isDone ? null : PolicyNames.Recorded(outcome.Action),
            Overrides = Overrides(outcome.Overrides, list),
        };
    }

    /// <summary>The one that decided stands first: a mailbox that gets everything, then what a policy blocked, then the list.</summary>
    private static List<RecordedOverride>? Overrides(IReadOnlyList<PolicyOverride> policies, IReadOnlyList<RecordedOverride> list)
    {
        if (policies.Count + list.Count == 0)
        {
            return null;
        }

        return
        [
            .. policies.Where(over => over.IsDeciding).Select(over => Recorded(over, isPrimary: true)).Take(1),
            .. list.Select((over, at) => over with { IsPrimary = at == 0 && !policies.Any(other => other.IsDeciding) }),
            .. policies.Where((over, _) => !over.IsDeciding).Select(over => Recorded(over, isPrimary: false)),
        ];
    }

    private static RecordedOverride Recorded(PolicyOverride over, bool isPrimary) => new() { Action = over.IsAllow ? "Allow" : "Block", Source = over.Source, IsPrimary = isPrimary };
}
