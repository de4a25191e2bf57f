namespace Weir.Directory.Contracts;

/// <summary>What a mailbox is for.</summary>
public enum MailboxKind
{
    User,
    Shared,
    Service,
    Leaver,
}

/// <summary>A person or shared mailbox of the organisation.</summary>
public sealed record Person
{
    public required string ObjectId { get; init; }
    public required string DisplayName { get; init; }

    /// <summary>The address of the mailbox, in lower case.</summary>
    public required string Address { get; init; }

    /// <summary>Other addresses of the same mailbox, in lower case.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public MailboxKind Kind { get; init; }
    public string Department { get; init; } = "";
    public string Title { get; init; } = "";
    public string Office { get; init; } = "";
    public string? Manager { get; init; }

    /// <summary>User tags such as <c>Priority account</c>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Protected against impersonation of their name and address.</summary>
    public bool IsProtected { get; init; }

    /// <summary>Where copies of this mailbox's mail are forwarded, if anywhere.</summary>
    public string? ForwardsTo { get; init; }
}

/// <summary>A distribution list.</summary>
public sealed record DistributionList(string Address, string DisplayName, IReadOnlyList<string> Members);

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

/// <summary>The door to the organisation.</summary>
public interface IDirectory
{
    /// <summary>The newest snapshot; cheap to call.</summary>
    IOrganisation Current { get; }

    /// <summary>Replaces everything by what the CSV files of a folder say (people.csv, lists.csv, domains.csv).</summary>
    ValueTask<IReadOnlyList<string>> ImportCsvAsync(Weir.Access.Contracts.Caller caller, string folder, CancellationToken cancellationToken);
}
