using Weir.Gateway.Contracts;
using Weir.Gateway.OwnMail;
using Weir.Kernel;

namespace Weir.Gateway.Milter;

/// <summary>Takes messages of the milter door in.</summary>
internal interface IMilterIntake
{
    ValueTask<AcceptedMessage> AcceptAsync(IncomingMessage message, CancellationToken cancellationToken);

    /// <summary>The SMTP reply with which an account is refused that may not send; nothing when it may.</summary>
    /// <param name="authenticatedUser">Empty when nobody signed in.</param>
    string? RefusalOf(string authenticatedUser) => null;

    /// <summary>The SMTP reply with which a message of an own sender is refused, recorded; nothing when it may go out.</summary>
    ValueTask<string?> RefuseOutgoingAsync(IncomingMessage message, CancellationToken cancellationToken) => new((string?)null);

    /// <summary>How mail is answered that Weir itself sent; nothing for all other mail.</summary>
    ValueTask<OwnMailAnswer?> OwnMailAsync(IncomingMessage message, CancellationToken cancellationToken) => new((OwnMailAnswer?)null);

    ValueTask<NetworkMessageId> KeepUnjudgedAsync(IncomingMessage message, CancellationToken cancellationToken);
}
