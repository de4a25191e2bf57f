using Weir.Access.Contracts;

namespace Weir.Directory.Contracts;

/// <summary>The door to reading people and lists from a directory server (LDAP).</summary>
public interface IDirectorySync
{
    /// <summary>Reads it now and replaces people and lists; domains and user tags stay. Needs <see cref="Permission.SecuritySettingsManage"/>.</summary>
    /// <param name="isForced">Also when more than a fifth of the people would be gone.</param>
    /// <param name="isTrial">Says what would change and changes nothing.</param>
    ValueTask<DirectorySyncResult> SyncAsync(Caller caller, bool isForced, bool isTrial, CancellationToken cancellationToken);
}

/// <summary>What reading a directory server came to.</summary>
/// <param name="Problem">Why nothing was changed; empty when it was, or would be.</param>
/// <param name="Joined">People who were not known before.</param>
/// <param name="Left">People who are no longer there.</param>
/// <param name="Notes">Entries that were left out, with the reason.</param>
public sealed record DirectorySyncResult(string Problem, int People, int Lists, IReadOnlyList<string> Joined, IReadOnlyList<string> Left, IReadOnlyList<string> Notes)
{
    public static DirectorySyncResult Failed(string problem) => new(problem, 0, 0, [], [], []);
}
