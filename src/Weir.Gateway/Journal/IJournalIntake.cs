using Weir.Kernel;
using Weir.Mail.Contracts;

namespace Weir.Gateway.Journal;

/// <summary>Takes a copy in: on disk when it returns.</summary>
internal interface IJournalIntake
{
    /// <param name="raw">Valid only until this completes.</param>
    ValueTask<NetworkMessageId> AcceptAsync(ReadOnlyMemory<byte> raw, Envelope envelope, CancellationToken cancellationToken);
}
