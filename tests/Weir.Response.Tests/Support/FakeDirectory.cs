using Weir.Access.Contracts;
using Weir.Directory.Contracts;

namespace Weir.Response.Tests.Support;

/// <summary>An organisation with one domain and nobody in it.</summary>
internal sealed class FakeDirectory : IDirectory, IOrganisation
{
    public IOrganisation Current => this;

    public string Name => "Corp";

    public IReadOnlyList<string> OwnDomains => ["corp.example"];

    public IReadOnlyList<Person> People => [];

    public IReadOnlyList<DistributionList> Lists => [];

    public IReadOnlyList<string> ProtectedDomains => [];

    public Person? Find(string address) => null;

    public DistributionList? FindList(string address) => null;

    public bool IsOwnDomain(string domain) => domain.Equals("corp.example", StringComparison.OrdinalIgnoreCase);

    public ValueTask<IReadOnlyList<string>> ImportCsvAsync(Caller caller, string folder, CancellationToken cancellationToken) => throw new NotSupportedException();
}
