using Weir.Detection.Contracts;

namespace Weir.Portal.Policies;

/// <summary>A policy while it is edited.</summary>
internal sealed class PolicyDraft
{
    private Policy _policy = null!;

    public PolicyType Type => _policy.Type;
    public bool IsDefault => _policy.Origin == PolicyOrigin.Default;
    public Guid Id => _policy.Id;
    public string Name { get; set; } = "";
    public string Description { get; set; } = "";
    public bool IsOn { get; set; }
    public int Position { get; set; } = 1;
    public ScopeDraft Scope { get; set; } = new();
    public ProtectionDraft Protection { get; set; } = new();
    public Dictionary<PolicyCause, PolicyAction> Actions { get; } = [];

    /// <summary>By cause, the name of the quarantine policy; empty for the usual one.</summary>
    public Dictionary<PolicyCause, string> QuarantinePolicies { get; } = [];

    public string Header { get; set; } = "";
    public int BulkLevel { get; set; }
    public string FileTypes { get; set; } = "";
    public string Languages { get; set; } = "";
    public bool IsZapOn { get; set; }
    public bool IsSpamZapOn { get; set; }

    public static PolicyDraft Of(Policy policy, int position)
    {
        var draft = new PolicyDraft
        {
            _policy = policy,
            Name = policy.Name,
            Description = policy.Description,
            IsOn = policy.IsOn,
            Position = position,
            Scope = ScopeDraft.Of(policy.Scope),
            Protection = ProtectionDraft.Of(policy.ProtectedUsers, policy.ProtectedDomains, policy.TrustedSenders),
            Header = policy.Header,
            BulkLevel = policy.BulkLevel,
            FileTypes = string.Join(", ", policy.FileTypes),
            Languages = string.Join(", ", policy.Languages),
            IsZapOn = policy.IsZapOn,
            IsSpamZapOn = policy.IsSpamZapOn,
        };
        foreach (var cause in PolicyNames.CausesOf(policy.Type))
        {
            draft.Actions[cause] = policy.ActionFor(cause);
            draft.QuarantinePolicies[cause] = policy.QuarantinePolicies.GetValueOrDefault(cause) ?? "";
        }

        return draft;
    }

    /// <summary>These policies with what was typed in the place of the policy, or added to them.</summary>
    public PolicySet In(PolicySet policies)
    {
        var policy = _policy with
        {
            Name = Name,
            Description = Description,
            IsOn = IsOn,
            // Before the one that has the place now.
            Priority = (2 * (Position - 1)) - 1,
            Scope = Scope.Scope,
            Actions = new Dictionary<PolicyCause, PolicyAction>(Actions),
            QuarantinePolicies = QuarantinePolicies.Where(pair => pair.Value.Length > 0).ToDictionary(pair => pair.Key, pair => pair.Value),
            Header = Header,
            BulkLevel = BulkLevel,
            FileTypes = TextLines.Read(FileTypes),
            Languages = TextLines.Read(Languages),
            ProtectedUsers = Protection.ReadUsers(),
            ProtectedDomains = TextLines.Read(Protection.Domains),
            TrustedSenders = TextLines.Read(Protection.Trusted),
            IsZapOn = IsZapOn,
            IsSpamZapOn = IsSpamZapOn,
        };
        if (IsDefault)
        {
            return policies with { Defaults = [.. policies.Defaults.Where(other => other.Type != Type), policy with { Priority = _policy.Priority }] };
        }

        var others = policies.Policies.Where(other => other.Id != Id).ToList();
        var same = others.Where(other => other.Type == Type).OrderBy(other => other.Priority).Select((other, at) => other with { Priority = 2 * at });
        return policies with { Policies = [.. others.Where(other => other.Type != Type), .. same, policy] };
    }
}
