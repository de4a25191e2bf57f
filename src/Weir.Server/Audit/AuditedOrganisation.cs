using Weir.Access.Contracts;
using Weir.Directory.Contracts;

namespace Weir.Server.Audit;

/// <summary>What an audit knows of the organisation: its domains. They grow as mailboxes are found, before their mail is judged.</summary>
internal sealed class AuditedOrganisation : IDirectory, IOrganisation
{
    private readonly HashSet<string> _domains = new(StringComparer.OrdinalIgnoreCase);

    public AuditedOrganisation(IEnumerable<string> domains) => _domains.UnionWith(domains.Where(domain => domain.Length > 0));

    public IOrganisation Current => this;

    public string Name => "";

    public IReadOnlyList<string> OwnDomains => [.. _domains.Order(StringComparer.OrdinalIgnoreCase)];

    public IReadOnlyList<Person> People => [];

    public IReadOnlyList<DistributionList> Lists => [];

    public IReadOnlyList<string> ProtectedDomains => [];

    public Person? Find(string address) => null;

    public DistributionList? FindList(string address) => null;

    public bool IsOwnDomain(string domain) => _domains.Contains(domain);

    public ValueTask<IReadOnlyList<string>> ImportCsvAsync(Caller caller, string folder, CancellationToken cancellationToken) =>
        throw new NotSupportedException("An audit has no directory to import into.");
}
