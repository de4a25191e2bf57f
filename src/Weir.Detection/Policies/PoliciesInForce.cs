using Weir.Detection.Contracts;
using Weir.Directory.Contracts;

namespace Weir.Detection.Policies;

/// <summary>The policies in force, looked up once for each state of policies and organisation.</summary>
internal sealed class PoliciesInForce(IDirectory directory) : IPolicies
{
    private volatile PolicySet? _policies;
    private volatile State? _state;

    /// <exception cref="InvalidOperationException">They were not loaded.</exception>
    public PolicySet Current => _policies ?? throw new InvalidOperationException("Policies are not loaded: DetectionModule.LoadAsync comes before the first message.");

    /// <summary>The organisation with whom the policies protect.</summary>
    public IOrganisation Organisation => Now().Organisation;

    /// <summary>Whose mail is no impersonation when it proves where it comes from.</summary>
    public IReadOnlySet<string> TrustedSenders => Now().Trusted;

    /// <summary>The policies over the organisation as it is now.</summary>
    public PolicyTable Table => Now().Table;

    public void Use(PolicySet policies) => _policies = policies;

    public PolicyOutcome Decide(string recipient, PolicySubject subject) => Now().Table.Decide(recipient, subject);

    private State Now()
    {
        var (policies, organisation) = (Current, directory.Current);
        var state = _state;
        if (state is null || !ReferenceEquals(state.Table.Policies, policies) || !ReferenceEquals(state.Table.Organisation, organisation))
        {
            _state = state = new State(
                new PolicyTable(policies, organisation),
                ProtectedOrganisation.Of(organisation, policies),
                PolicyNames.InOrder(policies, PolicyType.AntiPhishing).SelectMany(policy => policy.TrustedSenders).ToHashSet(StringComparer.OrdinalIgnoreCase));
        }

        return state;
    }

    private sealed record State(PolicyTable Table, IOrganisation Organisation, IReadOnlySet<string> Trusted);
}
