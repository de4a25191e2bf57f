using Weir.Access.Contracts;

namespace Weir.Events.Contracts;

/// <summary>
/// Queries that people keep under a name: everybody's own, and those that were shared with all who may ask. Requires <see cref="Permission.EmailMetadataRead"/>;
/// to share, and to change or delete what is shared, <see cref="Permission.SecuritySettingsManage"/> besides. What happens to a shared query is audited.
/// </summary>
public interface ISavedQueries
{
    /// <summary>The caller's own and all shared ones, by name.</summary>
    ValueTask<IReadOnlyList<SavedQuery>> ListAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>Keeps a query; with the id of an earlier one, in its place.</summary>
    /// <returns>Problems for the person to read; empty on success.</returns>
    ValueTask<IReadOnlyList<string>> SaveAsync(Caller caller, string? id, SavedQueryText query, CancellationToken cancellationToken);

    /// <summary>Forgets a query; one that is not there is forgotten already.</summary>
    ValueTask DeleteAsync(Caller caller, string id, CancellationToken cancellationToken);
}

/// <summary>What somebody keeps.</summary>
/// <param name="Name">Not used by another query of the same person.</param>
/// <param name="Kql">May be empty where there is an <see cref="Address"/>.</param>
public sealed record SavedQueryText(string Name, string Description, string Kql, bool IsShared)
{
    /// <summary>The page that shows it, such as <c>/explorer/phish?range=7d</c>; empty for a query of hunting. It begins with one slash.</summary>
    public string Address { get; init; } = "";
}

/// <summary>A kept query.</summary>
/// <param name="Author">The name of who made it.</param>
/// <param name="IsOwn">The caller made it.</param>
/// <param name="MayChange">The caller may change and delete it.</param>
public sealed record SavedQuery(string Id, SavedQueryText Text, string Author, bool IsOwn, bool MayChange, DateTimeOffset ChangedAt);
