using Weir.Access.Contracts;
using Weir.Directory.Contracts;
using Weir.Intelligence.Contracts;

namespace Weir.Detection.Alone;

/// <summary>An organisation without people and domains: every message comes from outside.</summary>
internal sealed class NoOrganisation : IDirectory, IOrganisation
{
    public IOrganisation Current => this;

    public string Name => "";

    public IReadOnlyList<string> OwnDomains => [];

    public IReadOnlyList<Person> People => [];

    public IReadOnlyList<DistributionList> Lists => [];

    public IReadOnlyList<string> ProtectedDomains => [];

    public Person? Find(string address) => null;

    public DistributionList? FindList(string address) => null;

    public bool IsOwnDomain(string domain) => false;

    public ValueTask<IReadOnlyList<string>> ImportCsvAsync(Caller caller, string folder, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Without a data directory there is no organisation to import into.");
}

/// <summary>An allow/block list without entries.</summary>
internal sealed class NoAllowBlockList : IAllowBlockList
{
    private static readonly string Nothing = Verdicts.JudgingVersions.Hash([]);

    public long Version => 0;

    public IReadOnlyList<AllowBlockEntry> Current(DateTimeOffset at) => [];

    public IReadOnlyList<AllowBlockEntry> Find(MailTraits message, DateTimeOffset at) => [];

    public string ContentAt(DateTimeOffset at) => Nothing;

    public ListChanges ChangesSince(long version) => new(0, [], []);
}
