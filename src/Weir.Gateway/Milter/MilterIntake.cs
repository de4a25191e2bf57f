using Weir.Access.Contracts;
using Weir.Detection.Contracts;
using Weir.Gateway.Contracts;
using Weir.Gateway.Intake;
using Weir.Gateway.Outbound;
using Weir.Gateway.OwnMail;
using Weir.Kernel;

namespace Weir.Gateway.Milter;

/// <summary>The milter's way to the intake.</summary>
/// <param name="restrictions">Who may not send; nothing: everybody may.</param>
/// <param name="policies">While Weir only watches, nobody is refused.</param>
/// <param name="own">Knows Weir's own mail; nothing: all mail is judged.</param>
internal sealed class MilterIntake(MessageIntake intake, BlockedRecipients blocked, Restrictions? restrictions = null, IPolicies? policies = null, OwnMailDoor? own = null) : IMilterIntake
{
    private static readonly Caller Caller = Caller.System(Doors.Milter, Permission.MailImport);

    public async ValueTask<AcceptedMessage> AcceptAsync(IncomingMessage message, CancellationToken cancellationToken) =>
        (await intake.AcceptAsync(Caller, [message], cancellationToken))[0];

    private bool IsWatchOnly => policies?.Current.Mode == PolicyMode.Watch;

    public string? RefusalOf(string authenticatedUser) => !IsWatchOnly && restrictions?.IsRefused(authenticatedUser) == true ? Restrictions.Refusal : null;

    public ValueTask<string?> RefuseOutgoingAsync(IncomingMessage message, CancellationToken cancellationToken) =>
        IsWatchOnly ? new(default(string)) : blocked.RefuseAsync(message, cancellationToken);

    public ValueTask<OwnMailAnswer?> OwnMailAsync(IncomingMessage message, CancellationToken cancellationToken) => own?.AnswerAsync(message, cancellationToken) ?? new((OwnMailAnswer?)null);

    public ValueTask<NetworkMessageId> KeepUnjudgedAsync(IncomingMessage message, CancellationToken cancellationToken) =>
        intake.KeepUnjudgedAsync(message, cancellationToken);
}
