using Weir.Detection.Contracts;
using Weir.Directory.Contracts;

namespace Weir.Detection.Policies;

/// <summary>The organisation with whom and what the anti-phishing policies protect: what detectors compare senders with.</summary>
internal sealed class ProtectedOrganisation : IOrganisation
{
    private readonly IOrganisation _organisation;

    private ProtectedOrganisation(IOrganisation organisation, List<Policy> policies)
    {
        _organisation = organisation;
        var wanted = policies.SelectMany(policy => policy.ProtectedUsers).ToList();
        var addresses = wanted.Select(user => organisation.Find(user.Address)?.Address ?? user.Address).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var known = organisation.People.Select(person => addresses.Contains(person.Address) ? person with { IsProtected = true } : person);
        var others = wanted.Where(user => organisation.Find(user.Address) is null && user.Name.Length > 0).DistinctBy(user => user.Address, StringComparer.OrdinalIgnoreCase)
            .Select(user => new Person { ObjectId = "", DisplayName = user.Name, Address = user.Address.ToLowerInvariant(), IsProtected = true });
        People = [.. known, .. others];
        ProtectedDomains = [.. organisation.ProtectedDomains.Concat(policies.SelectMany(policy => policy.ProtectedDomains)).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    public string Name => _organisation.Name;
    public IReadOnlyList<string> OwnDomains => _organisation.OwnDomains;
    public IReadOnlyList<Person> People { get; }
    public IReadOnlyList<DistributionList> Lists => _organisation.Lists;
    public IReadOnlyList<string> ProtectedDomains { get; }

    /// <summary>The organisation itself where policies add nothing: a verdict is for all recipients, so what any policy in use protects is protected.</summary>
    public static IOrganisation Of(IOrganisation organisation, PolicySet policies)
    {
        var adding = PolicyNames.InOrder(policies, PolicyType.AntiPhishing).Where(policy => policy.ProtectedUsers.Count + policy.ProtectedDomains.Count > 0).ToList();
        return adding.Count == 0 ? organisation : new ProtectedOrganisation(organisation, adding);
    }

    public Person? Find(string address) => _organisation.Find(address);

    public DistributionList? FindList(string address) => _organisation.FindList(address);

    public bool IsOwnDomain(string domain) => _organisation.IsOwnDomain(domain);
}
