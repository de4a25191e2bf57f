using Weir.Access.Contracts;

namespace Weir.Events.Contracts;

/// <summary>
/// Whole answers as files, made in the background: without a limit of rows, with progress, to be fetched later. Requires <see cref="Permission.EmailMetadataRead"/>;
/// everybody sees their own. A file stays for a week, and no longer than this process runs.
/// </summary>
public interface IExports
{
    /// <summary>Begins a file; it waits when too many are being made.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="InvalidOperationException">The caller has too many already.</exception>
    ValueTask<string> StartAsync(Caller caller, ExportOrder order, CancellationToken cancellationToken);

    /// <summary>The caller's own, the newest first.</summary>
    IReadOnlyList<Export> List(Caller caller);

    /// <summary>Stops one that is not finished; forgets one that is, with its file.</summary>
    void Remove(Caller caller, string id);

    /// <summary>The finished file; nothing when there is none.</summary>
    ValueTask<Stream?> OpenAsync(Caller caller, string id, CancellationToken cancellationToken);
}

/// <summary>What is to be written.</summary>
/// <param name="Name">What it is, for people.</param>
/// <param name="FileName">Its name when it is fetched.</param>
/// <param name="Parts">The questions, whose rows are written one after the other: what is sorted in small parts needs little memory.</param>
/// <param name="Expected">So many rows are expected; nothing when unknown.</param>
/// <param name="Head">The first line.</param>
/// <param name="Line">A row of an answer as a line, with its end.</param>
public sealed record ExportOrder(string Name, string FileName, IReadOnlyList<string> Parts, long? Expected, string Head, Func<Answer, object?[], string> Line);

/// <summary>A file that is being made, or is there.</summary>
/// <param name="Problem">Why it is not there; empty when it is.</param>
public sealed record Export(string Id, string Name, string FileName, ExportState State, long Rows, long? Expected, long Bytes, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string Problem);

/// <summary>How far a file is.</summary>
public enum ExportState
{
    /// <summary>Others are being made.</summary>
    Waiting,
    Running,
    Ready,
    Failed,
}
