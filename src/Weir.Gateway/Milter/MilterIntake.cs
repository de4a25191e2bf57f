using Weir.Access.Contracts;
using Weir.Gateway.Contracts;
using Weir.Gateway.Intake;
using Weir.Gateway.Outbound;
using Weir.Kernel;

namespace Weir.Gateway.Milter;

/// <summary>The milter's way to the intake.</summary>
/// <param name="restrictions">Who may not send; nothing: everybody may.</param>
internal sealed class MilterIntake(MessageIntake intake, BlockedRecipients blocked, Restrictions? restrictions = null) : IMilterIntake
{
    private static readonly Caller Caller = Caller.System(Doors.Milter, Permission.MailImport);

    public async ValueTask<AcceptedMessage> AcceptAsync(IncomingMessage message, CancellationToken cancellationToken) =>
        (await intake.AcceptAsync(Caller, [message], cancellationToken))[0];

    public string? RefusalOf(string authenticatedUser) => restrictions?.IsRefused(authenticatedUser) == true ? Restrictions.Refusal : null;

    public ValueTask<string?> RefuseOutgoingAsync(IncomingMessage message, CancellationToken cancellationToken) => blocked.RefuseAsync(message, cancellationToken);

    public ValueTask<NetworkMessageId> KeepUnjudgedAsync(IncomingMessage message, CancellationToken cancellationToken) =>
        intake.KeepUnjudgedAsync(message, cancellationToken);
}
