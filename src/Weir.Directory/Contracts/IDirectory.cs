namespace Weir.Directory.Contracts;

/// <summary>The door to the organisation.</summary>
public interface IDirectory
{
    /// <summary>The newest snapshot; cheap to call.</summary>
    IOrganisation Current { get; }

    /// <summary>Replaces everything by what the CSV files of a folder say (people.csv, lists.csv, domains.csv).</summary>
    ValueTask<IReadOnlyList<string>> ImportCsvAsync(Weir.Access.Contracts.Caller caller, string folder, CancellationToken cancellationToken);
}
