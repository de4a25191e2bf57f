using System.Text.RegularExpressions;
using Weir.Detection.Contracts;

namespace Weir.Detection.Policies;

/// <summary>Brings what people typed into one form: without blanks, addresses and domains in lower case, nothing twice, priorities 0, 1, 2 … for each type.</summary>
internal static partial class PolicyTidying
{
    public static PolicySet Of(PolicySet policies) => policies with
    {
        Standard = Of(policies.Standard),
        Strict = Of(policies.Strict),
        Policies =
        [
            .. policies.Policies.GroupBy(policy => policy.Type).OrderBy(group => group.Key)
                .SelectMany(group => group.OrderBy(policy => policy.Priority).Select((policy, at) => Of(policy) with { Priority = at, Origin = PolicyOrigin.Custom })),
        ],
        Defaults = [.. PolicyNames.Types.Select(type => DefaultOf(policies, type))],
        AdvancedDelivery = policies.AdvancedDelivery with
        {
            SecOpsMailboxes = Lower(policies.AdvancedDelivery.SecOpsMailboxes),
            Simulations =
            [
                .. policies.AdvancedDelivery.Simulations.Select(simulation => simulation with
                {
                    Name = simulation.Name.Trim(), Domains = Lower(simulation.Domains), Addresses = Lower(simulation.Addresses), Urls = [.. Lower(simulation.Urls).Select(WithoutScheme)],
                }),
            ],
        },
    };

    /// <summary>Whom a default is for, and that it is on, cannot be changed.</summary>
    private static Policy DefaultOf(PolicySet policies, PolicyType type)
    {
        var built = BuiltInPolicies.Default(type);
        return policies.Defaults.FirstOrDefault(policy => policy.Type == type) is { } changed
            ? Of(changed) with { Id = built.Id, Name = built.Name, Origin = PolicyOrigin.Default, Scope = built.Scope, Priority = built.Priority, IsOn = true }
            : built;
    }

    private static Preset Of(Preset preset) => preset with
    {
        Scope = Of(preset.Scope), ProtectedUsers = Of(preset.ProtectedUsers), ProtectedDomains = Lower(preset.ProtectedDomains), TrustedSenders = Lower(preset.TrustedSenders),
    };

    private static Policy Of(Policy policy) => policy with
    {
        Name = policy.Name.Trim(),
        Description = policy.Description.Trim(),
        Scope = Of(policy.Scope),
        Header = policy.Header.Trim() is { Length: > 0 } header ? header : Policy.DefaultHeader,
        FileTypes = [.. Lower(policy.FileTypes).Select(type => type.TrimStart('*').TrimStart('.'))],
        Languages = Lower(policy.Languages),
        ProtectedUsers = Of(policy.ProtectedUsers),
        ProtectedDomains = Lower(policy.ProtectedDomains),
        TrustedSenders = Lower(policy.TrustedSenders),
    };

    private static PolicyScope Of(PolicyScope scope) => scope with
    {
        Users = Lower(scope.Users), Groups = Lower(scope.Groups), Domains = Lower(scope.Domains),
        ExceptUsers = Lower(scope.ExceptUsers), ExceptGroups = Lower(scope.ExceptGroups), ExceptDomains = Lower(scope.ExceptDomains),
    };

    private static List<ProtectedUser> Of(IReadOnlyList<ProtectedUser> users) =>
        [.. users.Select(user => new ProtectedUser(user.Name.Trim(), user.Address.Trim().ToLowerInvariant())).Where(user => user.Address.Length > 0).DistinctBy(user => user.Address, StringComparer.Ordinal)];

    private static List<string> Lower(IReadOnlyList<string> values) =>
        [.. values.Select(value => value.Trim().ToLowerInvariant()).Where(value => value.Length > 0).Distinct(StringComparer.Ordinal)];

    private static string WithoutScheme(string url) => Scheme().Replace(url, "");

    [GeneratedRegex("^[a-z][a-z0-9+.-]*://", RegexOptions.None, 1_000)]
    private static partial Regex Scheme();
}
