namespace Weir.Directory.Organisations;

/// <summary>An own or protected domain as stored.</summary>
internal sealed class DomainRow
{
    public required string Domain { get; init; }

    /// <summary>Own domains receive mail here; others are only protected against imitation.</summary>
    public bool IsOwn { get; init; }
}
