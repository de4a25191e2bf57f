using System.Text.RegularExpressions;
using Weir.Detection.Contracts;

namespace Weir.Detection.Policies;

/// <summary>Why policies cannot be saved. What is only odd is a remark (<see cref="PolicyRemarks"/>).</summary>
internal static partial class PolicyProblems
{
    private const int MostOfType = 100;
    private const int MostEntries = 10_000;

    /// <summary>More sentences than anybody reads at once.</summary>
    private const int MostProblems = 20;

    public static IReadOnlyList<string> Of(PolicySet policies)
    {
        var all = policies.Policies.Concat(policies.Defaults).SelectMany(policy => Of(policy).Select(problem => $"{policy.Name}: {problem}"))
            .Concat(Sets(policies))
            .Concat(Of("Standard", policies.Standard))
            .Concat(Of("Strict", policies.Strict))
            .Concat(Of(policies.AdvancedDelivery))
            .ToList();
        return all.Count <= MostProblems ? all : [.. all.Take(MostProblems), $"And {all.Count - MostProblems:N0} more."];
    }

    private static IEnumerable<string> Sets(PolicySet policies)
    {
        if (!Enum.IsDefined(policies.Mode))
        {
            yield return "The mode must be Watch or On.";
        }

        foreach (var group in policies.Policies.GroupBy(policy => policy.Type).Where(group => group.Count() > MostOfType))
        {
            yield return $"There are more than {MostOfType} policies of the type {PolicyNames.Of(group.Key)}.";
        }

        foreach (var same in policies.Policies.Concat(policies.Defaults).GroupBy(policy => (policy.Type, policy.Name.ToUpperInvariant())).Where(group => group.Count() > 1))
        {
            yield return $"There are two policies named “{same.First().Name}” of the type {PolicyNames.Of(same.Key.Type)}.";
        }

        foreach (var same in policies.Policies.GroupBy(policy => policy.Id).Where(group => group.Count() > 1))
        {
            yield return $"Two policies have the id {same.Key}.";
        }
    }

    private static IEnumerable<string> Of(Policy policy)
    {
        if (!Enum.IsDefined(policy.Type))
        {
            yield return "there is no such type.";
            yield break;
        }

        if (policy.Name.Length is 0 or > Policy.LongestName || policy.Name.Any(char.IsControl))
        {
            yield return $"a name has 1 to {Policy.LongestName} characters.";
        }

        if (policy.Description.Length > 1_000)
        {
            yield return "a description has at most 1,000 characters.";
        }

        foreach (var (cause, action) in policy.Actions)
        {
            if (!PolicyNames.CausesOf(policy.Type).Contains(cause))
            {
                yield return $"a policy of the type {PolicyNames.Of(policy.Type)} does nothing about “{PolicyNames.Of(cause)}”.";
            }
            else if (!PolicyNames.ActionsFor(cause).Contains(action))
            {
                yield return $"“{PolicyNames.Of(action)}” is no action for “{PolicyNames.Of(cause)}”; choose {string.Join(" or ", PolicyNames.ActionsFor(cause).Select(PolicyNames.Of))}.";
            }
        }

        foreach (var wrong in policy.QuarantinePolicies.Where(pair => !PolicyNames.CausesOf(policy.Type).Contains(pair.Key) || pair.Value.Length is 0 or > Policy.LongestName || pair.Value.Any(char.IsControl)))
        {
            yield return $"a quarantine policy has a name of 1 to {Policy.LongestName} characters, for one of this type's causes; “{wrong.Value}” for {PolicyNames.Of(wrong.Key)} is not such a one.";
        }

        foreach (var missing in PolicyNames.CausesOf(policy.Type).Where(cause => !policy.Actions.ContainsKey(cause) && !PolicyNames.ActionsFor(cause).Contains(PolicyAction.NoAction)))
        {
            yield return $"an action for “{PolicyNames.Of(missing)}” is missing.";
        }

        if (policy.BulkLevel is < 1 or > 9)
        {
            yield return "the bulk level is a number from 1 to 9.";
        }

        if (!HeaderName().IsMatch(policy.Header) || (policy.Header.StartsWith("X-Weir-", StringComparison.OrdinalIgnoreCase) && policy.Header != Policy.DefaultHeader))
        {
            yield return $"“{policy.Header}” is no name for a header field: it begins with X-, then letters, digits and hyphens, at most 60, and X-Weir- is Weir's own.";
        }

        foreach (var problem in Lists(policy.Scope).Concat(Protection(policy.ProtectedUsers, policy.ProtectedDomains, policy.TrustedSenders)))
        {
            yield return problem;
        }

        foreach (var wrong in policy.FileTypes.Where(type => !FileType().IsMatch(type)))
        {
            yield return $"“{wrong}” is no file extension.";
        }

        foreach (var wrong in policy.Languages.Where(language => !Language().IsMatch(language)))
        {
            yield return $"“{wrong}” is no language; write its two letters, such as ru.";
        }
    }

    private static IEnumerable<string> Of(string name, Preset preset) =>
        Lists(preset.Scope).Concat(Protection(preset.ProtectedUsers, preset.ProtectedDomains, preset.TrustedSenders)).Select(problem => $"{name}: {problem}");

    private static IEnumerable<string> Of(AdvancedDelivery delivery)
    {
        foreach (var wrong in delivery.SecOpsMailboxes.Where(address => !IsAddress(address)))
        {
            yield return $"SecOps mailboxes: “{wrong}” is no e-mail address.";
        }

        foreach (var simulation in delivery.Simulations)
        {
            var name = $"Simulation “{simulation.Name}”";
            if (simulation.Name.Length is 0 or > Policy.LongestName)
            {
                yield return $"A simulation has a name of 1 to {Policy.LongestName} characters.";
            }

            if (simulation.Domains.Count == 0 || simulation.Addresses.Count == 0)
            {
                yield return $"{name} needs at least one sending domain and one sending address: either alone can be forged by anybody.";
            }

            foreach (var wrong in simulation.Domains.Where(domain => !IsDomain(domain)))
            {
                yield return $"{name}: “{wrong}” is no domain.";
            }

            foreach (var wrong in simulation.Addresses)
            {
                if (NetworkText.Read(wrong) is not { } network)
                {
                    yield return $"{name}: “{wrong}” is neither an address nor a network such as 192.0.2.0/24.";
                }
                else if (network.PrefixLength < (network.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 16 : 32))
                {
                    yield return $"{name}: the network {wrong} is too wide; at most a /16 (IPv6: /32).";
                }
            }

            foreach (var wrong in simulation.Urls.Where(url => !UrlPattern().IsMatch(url)))
            {
                yield return $"{name}: “{wrong}” is no link; write a host with or without a path, such as *.training.example/login.";
            }
        }
    }

    private static IEnumerable<string> Lists(PolicyScope scope)
    {
        foreach (var wrong in scope.Users.Concat(scope.Groups).Concat(scope.ExceptUsers).Concat(scope.ExceptGroups).Where(address => !IsAddress(address)))
        {
            yield return $"“{wrong}” is no e-mail address.";
        }

        foreach (var wrong in scope.Domains.Concat(scope.ExceptDomains).Where(domain => !IsDomain(domain)))
        {
            yield return $"“{wrong}” is no domain.";
        }

        if (scope.Users.Count + scope.Groups.Count + scope.Domains.Count + scope.ExceptUsers.Count + scope.ExceptGroups.Count + scope.ExceptDomains.Count > MostEntries)
        {
            yield return $"more than {MostEntries:N0} recipients are named; use groups or domains.";
        }
    }

    private static IEnumerable<string> Protection(IReadOnlyList<ProtectedUser> users, IReadOnlyList<string> domains, IReadOnlyList<string> trusted)
    {
        foreach (var wrong in users.Where(user => !IsAddress(user.Address)))
        {
            yield return $"protected users: “{wrong.Address}” is no e-mail address.";
        }

        foreach (var wrong in domains.Where(domain => !IsDomain(domain)))
        {
            yield return $"protected domains: “{wrong}” is no domain.";
        }

        foreach (var wrong in trusted.Where(sender => !IsAddress(sender) && !IsDomain(sender)))
        {
            yield return $"trusted senders: “{wrong}” is neither an address nor a domain.";
        }

        if (users.Count > 1_000 || domains.Count > 1_000 || trusted.Count > 1_000)
        {
            yield return "at most 1,000 protected users, protected domains and trusted senders each.";
        }
    }

    private static bool IsAddress(string text) => text.Length <= 254 && text.LastIndexOf('@') is > 0 and var at && !text.Any(char.IsWhiteSpace) && IsDomain(text[(at + 1)..]);

    private static bool IsDomain(string text) => text.Length <= 253 && Domain().IsMatch(text);

    [GeneratedRegex(@"^([\p{L}\p{N}_]([\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?\.)+[\p{L}\p{N}-]{2,63}$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Domain();

    [GeneratedRegex("^[Xx]-[A-Za-z0-9-]{1,60}$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex HeaderName();

    [GeneratedRegex("^[a-z0-9_]{1,20}$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex FileType();

    [GeneratedRegex("^[a-z]{2,3}$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Language();

    [GeneratedRegex(@"^(\*\.)?([\p{L}\p{N}_-]+\.)+[\p{L}\p{N}-]{2,63}(/\S*)?$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex UrlPattern();
}
