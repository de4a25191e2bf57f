using Weir.Gateway.Contracts;
using Weir.Kernel;

namespace Weir.Gateway.Milter;

/// <summary>Takes messages of the milter door in.</summary>
internal interface IMilterIntake
{
    ValueTask<AcceptedMessage> AcceptAsync(IncomingMessage message, CancellationToken cancellationToken);

    ValueTask<NetworkMessageId> KeepUnjudgedAsync(IncomingMessage message, CancellationToken cancellationToken);
}
