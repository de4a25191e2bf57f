using System.Collections.Frozen;
using Weir.Directory.Contracts;

namespace Weir.Directory.Organisations;

/// <summary>An immutable snapshot with its look-up tables.</summary>
internal sealed class Organisation : IOrganisation
{
    private readonly FrozenDictionary<string, Person> _byAddress;
    private readonly FrozenDictionary<string, DistributionList> _lists;
    private readonly FrozenSet<string> _own;

    public Organisation(string name, IReadOnlyList<Person> people, IReadOnlyList<DistributionList> lists, IReadOnlyList<string> ownDomains, IReadOnlyList<string> protectedDomains)
    {
        Name = name;
        People = people;
        Lists = lists;
        OwnDomains = ownDomains;
        ProtectedDomains = protectedDomains;
        _byAddress = people
            .SelectMany(person => person.Aliases.Prepend(person.Address).Select(address => (address, person)))
            .DistinctBy(pair => pair.address, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(pair => pair.address, pair => pair.person, StringComparer.OrdinalIgnoreCase);
        _lists = lists.ToFrozenDictionary(list => list.Address, StringComparer.OrdinalIgnoreCase);
        _own = ownDomains.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    public static Organisation Empty { get; } = new("", [], [], [], []);

    public string Name { get; }
    public IReadOnlyList<string> OwnDomains { get; }
    public IReadOnlyList<Person> People { get; }
    public IReadOnlyList<DistributionList> Lists { get; }
    public IReadOnlyList<string> ProtectedDomains { get; }

    public Person? Find(string address) => _byAddress.GetValueOrDefault(address);

    public DistributionList? FindList(string address) => _lists.GetValueOrDefault(address);

    public bool IsOwnDomain(string domain) => _own.Contains(domain);
}
