using Weir.Bench.Mail;

namespace Weir.Bench.Peers;

/// <summary>A mail filter in a process of its own that says what it thinks of a message.</summary>
internal interface IScanner : IAsyncDisposable
{
    ServerProcess Process { get; }

    /// <summary>How long the answer took; throws when there is none.</summary>
    Task<TimeSpan> ScanAsync(LabelledMail mail, CancellationToken cancellationToken);
}
