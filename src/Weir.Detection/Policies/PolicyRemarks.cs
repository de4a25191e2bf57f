using Weir.Detection.Contracts;
using Weir.Detection.Facts.Names;
using Weir.Directory.Contracts;

namespace Weir.Detection.Policies;

/// <summary>What does not fit together: policies that never apply, that overlap, exceptions that take protection away, names that nobody has.</summary>
internal static class PolicyRemarks
{
    /// <summary>Examples in a sentence.</summary>
    private const int Shown = 3;

    public static IReadOnlyList<PolicyRemark> Of(PolicyTable table)
    {
        var remarks = new List<PolicyRemark>();
        var people = table.Organisation.People.Select(person => new Addressee(person.Address.ToLowerInvariant(), person.Address.ToLowerInvariant()))
            .Concat(table.Organisation.Lists.Select(list => new Addressee(list.Address.ToLowerInvariant(), list.Address.ToLowerInvariant()))).Distinct().ToList();
        foreach (var type in PolicyNames.Types)
        {
            OfOrder(table, type, people, remarks);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (policy, scope) in PolicyNames.Types.SelectMany(table.Of))
        {
            // A preset has a policy of each type with one scope.
            if (policy.Origin is PolicyOrigin.Custom or PolicyOrigin.Default || seen.Add(policy.Name))
            {
                OfScope(table, policy, scope, remarks);
            }

            if (policy.Type == PolicyType.AntiPhishing)
            {
                OfProtection(table.Organisation, policy, remarks);
            }
        }

        OfDelivery(table, remarks);
        return remarks;
    }

    /// <summary>Which recipients reach which policy.</summary>
    private static void OfOrder(PolicyTable table, PolicyType type, List<Addressee> people, List<PolicyRemark> remarks)
    {
        var all = table.Of(type);
        var everybody = all.FirstOrDefault(each => each.Policy.Scope is { IsEverybody: true, HasExceptions: false });
        for (var at = 0; at < all.Count - 1; at++)
        {
            var (policy, scope) = all[at];
            if (policy.Scope.IsNobody)
            {
                remarks.Add(new PolicyRemark(policy.Origin != PolicyOrigin.Custom, $"“{policy.Name}” ({PolicyNames.Of(type)}) is on but names no recipient: it applies to nobody.", [policy.Id]));
                continue;
            }

            var before = all.Take(at).ToList();
            if (before.Exists(earlier => earlier.Policy.Id == everybody.Policy?.Id))
            {
                remarks.Add(new PolicyRemark(false, $"“{policy.Name}” ({PolicyNames.Of(type)}) never applies: “{everybody.Policy!.Name}” comes before it and is for everybody.", [policy.Id, everybody.Policy.Id]));
                continue;
            }

            var meant = people.Where(scope.Applies).ToList();
            foreach (var (earlier, earlierScope) in before)
            {
                var both = meant.Where(earlierScope.Applies).ToList();
                if (both.Count == 0)
                {
                    continue;
                }

                var names = Examples(both.Select(who => who.Address));
                remarks.Add(both.Count == meant.Count && !policy.Scope.IsEverybody && policy.Scope.Domains.Count == 0
                    ? new PolicyRemark(false, $"“{policy.Name}” ({PolicyNames.Of(type)}) never applies: all {Count(meant.Count)} that it is for ({names}) get “{earlier.Name}”, which comes before.", [policy.Id, earlier.Id])
                    : new PolicyRemark(false, $"{Count(both.Count)} ({names}) {(both.Count == 1 ? "is" : "are")} in “{earlier.Name}” and in “{policy.Name}” ({PolicyNames.Of(type)}); “{earlier.Name}” comes first and applies.", [earlier.Id, policy.Id]));
            }
        }
    }

    private static void OfScope(PolicyTable table, Policy policy, CompiledScope scope, List<PolicyRemark> remarks)
    {
        var organisation = table.Organisation;
        void Say(bool isSerious, string text) => remarks.Add(new PolicyRemark(isSerious, $"“{policy.Name}” ({PolicyNames.Of(policy.Type)}): {text}", [policy.Id]));
        var both = policy.Scope.Users.Where(user => scope.WhyExcepted(Addressee.Of(user, organisation)) is not null).ToList();
        if (both.Count > 0)
        {
            Say(false, $"{Examples(both)} {(both.Count == 1 ? "is" : "are")} named and excepted; the exception counts.");
        }

        foreach (var group in policy.Scope.Groups.Intersect(policy.Scope.ExceptGroups, StringComparer.Ordinal).Concat(policy.Scope.Domains.Intersect(policy.Scope.ExceptDomains, StringComparer.Ordinal)))
        {
            Say(false, $"{group} is named and excepted; the exception counts.");
        }

        var guarded = organisation.People.Where(person => person.IsProtected || person.Tags.Contains("Priority account", StringComparer.OrdinalIgnoreCase) || policy.ProtectedUsers.Any(user => user.Address == person.Address))
            .Where(person => scope.WhyNamed(Addressee.Of(person.Address, organisation)) is not null && scope.WhyExcepted(Addressee.Of(person.Address, organisation)) is not null).Select(person => person.Address).ToList();
        if (guarded.Count > 0 && policy.Origin != PolicyOrigin.Default)
        {
            Say(true, $"it makes an exception for {Examples(guarded)}, who {(guarded.Count == 1 ? "is" : "are")} protected or a priority account.");
        }

        var unknown = policy.Scope.Users.Concat(policy.Scope.ExceptUsers).Where(user => organisation.Find(user) is null).ToList();
        if (unknown.Count > 0 && organisation.People.Count > 0)
        {
            Say(false, $"nobody in the directory has the address {Examples(unknown)}.");
        }

        var lists = policy.Scope.Groups.Concat(policy.Scope.ExceptGroups).Where(group => organisation.FindList(group) is null).ToList();
        if (lists.Count > 0)
        {
            Say(true, $"there is no list {Examples(lists)} in the directory, so nobody is in it.");
        }

        var foreign = policy.Scope.Domains.Concat(policy.Scope.ExceptDomains).Where(domain => !organisation.IsOwnDomain(domain)).ToList();
        if (foreign.Count > 0 && organisation.OwnDomains.Count > 0)
        {
            Say(false, $"{Examples(foreign)} {(foreign.Count == 1 ? "is" : "are")} not ours: {(foreign.Count == 1 ? "it concerns" : "they concern")} only mail that we send there.");
        }
    }

    private static void OfProtection(IOrganisation organisation, Policy policy, List<PolicyRemark> remarks)
    {
        void Say(bool isSerious, string text) => remarks.Add(new PolicyRemark(isSerious, $"“{policy.Name}” ({PolicyNames.Of(policy.Type)}): {text}", [policy.Id]));
        var nameless = policy.ProtectedUsers.Where(user => PersonName.Words(organisation.Find(user.Address)?.DisplayName ?? user.Name).Length < 2).Select(user => user.Address).ToList();
        if (nameless.Count > 0)
        {
            Say(true, $"no first and last name is known of the protected {(nameless.Count == 1 ? "user" : "users")} {Examples(nameless)}: nobody would notice that the name is borrowed.");
        }

        var own = policy.ProtectedDomains.Where(organisation.IsOwnDomain).ToList();
        if (own.Count > 0)
        {
            Say(false, $"{Examples(own)} {(own.Count == 1 ? "is" : "are")} ours and protected anyway.");
        }

        var both = policy.TrustedSenders.Intersect(policy.ProtectedDomains.Concat(policy.ProtectedUsers.Select(user => user.Address)), StringComparer.Ordinal).ToList();
        if (both.Count > 0)
        {
            Say(false, $"{Examples(both)} {(both.Count == 1 ? "is" : "are")} protected and trusted; trust counts where the sender proves who it is.");
        }
    }

    private static void OfDelivery(PolicyTable table, List<PolicyRemark> remarks)
    {
        var organisation = table.Organisation;
        foreach (var address in table.Policies.AdvancedDelivery.SecOpsMailboxes)
        {
            if (organisation.FindList(address) is { } list)
            {
                remarks.Add(new PolicyRemark(true, $"The SecOps mailbox {address} is a list: mail to it reaches {Count(list.Members.Count)} unfiltered where the mail server expands it after Weir.", []));
            }
            else if (organisation.People.Count > 0 && organisation.Find(address) is null)
            {
                remarks.Add(new PolicyRemark(false, $"Nobody in the directory has the address of the SecOps mailbox {address}.", []));
            }
        }

        foreach (var simulation in table.Policies.AdvancedDelivery.Simulations)
        {
            var own = simulation.Domains.Where(organisation.IsOwnDomain).ToList();
            if (own.Count > 0)
            {
                remarks.Add(new PolicyRemark(true, $"The simulation “{simulation.Name}” names {Examples(own)}, which {(own.Count == 1 ? "is" : "are")} ours: forged mail from there would be let through from these addresses.", []));
            }

            if (simulation.Urls.Count == 0)
            {
                remarks.Add(new PolicyRemark(false, $"The simulation “{simulation.Name}” names no links: every message of its domains from its addresses is let through.", []));
            }
        }
    }

    private static string Examples(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count <= Shown ? string.Join(", ", all) : $"{string.Join(", ", all.Take(Shown))} and {all.Count - Shown:N0} more";
    }

    private static string Count(int recipients) => recipients == 1 ? "1 recipient" : $"{recipients:N0} recipients";
}
