namespace Weir.Directory.Contracts;

/// <summary>The organisation as known at one moment. Immutable; addresses compare without case.</summary>
public interface IOrganisation
{
    string Name { get; }
    IReadOnlyList<string> OwnDomains { get; }
    IReadOnlyList<Person> People { get; }
    IReadOnlyList<DistributionList> Lists { get; }

    /// <summary>Domains of partners that must not be imitated; own domains are always protected.</summary>
    IReadOnlyList<string> ProtectedDomains { get; }

    /// <summary>The person whose mailbox or alias this address is.</summary>
    Person? Find(string address);

    DistributionList? FindList(string address);

    bool IsOwnDomain(string domain);
}
