using Weir.Access.Contracts;
using Weir.Gateway.Contracts;
using Weir.Gateway.Intake;
using Weir.Kernel;

namespace Weir.Gateway.Milter;

/// <summary>The milter's way to the intake.</summary>
internal sealed class MilterIntake(MessageIntake intake, BlockedRecipients blocked) : IMilterIntake
{
    private static readonly Caller Caller = Caller.System(Doors.Milter, Permission.MailImport);

    public async ValueTask<AcceptedMessage> AcceptAsync(IncomingMessage message, CancellationToken cancellationToken) =>
        (await intake.AcceptAsync(Caller, [message], cancellationToken))[0];

    public ValueTask<string?> RefuseOutgoingAsync(IncomingMessage message, CancellationToken cancellationToken) => blocked.RefuseAsync(message, cancellationToken);

    public ValueTask<NetworkMessageId> KeepUnjudgedAsync(IncomingMessage message, CancellationToken cancellationToken) =>
        intake.KeepUnjudgedAsync(message, cancellationToken);
}
