using Weir.Access.Contracts;

namespace Weir.Gateway.Contracts;

/// <summary>The door for mail: when it returns, the message and its judgement are on disk.</summary>
public interface IIntake
{
    /// <summary>Requires <see cref="Permission.MailImport"/>. Messages of one call share one commit.</summary>
    ValueTask<IReadOnlyList<AcceptedMessage>> AcceptAsync(Caller caller, IReadOnlyList<IncomingMessage> messages, CancellationToken cancellationToken);
}
