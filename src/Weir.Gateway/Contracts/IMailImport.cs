using Weir.Access.Contracts;

namespace Weir.Gateway.Contracts;

/// <summary>Imports <c>.eml</c> files, mbox files and Maildir trees; resumable.</summary>
public interface IMailImport
{
    /// <summary>Requires <see cref="Permission.MailImport"/>.</summary>
    ValueTask<ImportProgress> ImportAsync(Caller caller, ImportRequest request, IProgress<ImportProgress> progress, CancellationToken cancellationToken);
}

/// <summary>What an import did so far.</summary>
public sealed record ImportProgress(long Found, long Imported, long AlreadyKnown, long Skipped, IReadOnlyDictionary<string, long> SkippedBecause);

/// <summary>What to import.</summary>
/// <param name="Paths">Files (<c>.eml</c>, mbox) and folders (Maildir trees, folders of such files).</param>
/// <param name="Mailbox">Whose mailbox it is; when absent, found in the messages' own fields and in the folders' names.</param>
public sealed record ImportRequest(IReadOnlyList<string> Paths, string? Mailbox = null);
