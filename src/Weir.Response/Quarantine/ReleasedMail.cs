using Weir.Detection.Contracts;
using Weir.Response.AfterDelivery;
using Weir.Response.Contracts;
using Weir.Response.Record;

namespace Weir.Response.Quarantine;

/// <summary>
/// What a person released stays where it is: automation takes it back only when it is known as malware by now and was not when it was released. That it
/// is spam or phish was known to whoever released it, or is their judgement against Weir's.
/// </summary>
internal sealed class ReleasedMail(HeldMail held)
{
    private static readonly string Malware = Names.Of(Verdict.Malware);

    public async ValueTask<bool> MayTakeAsync(RejudgedMessage message, TargetRecord record, CancellationToken cancellationToken)
    {
        var recipient = record.Target.Recipient.ToLowerInvariant();
        var released = (await held.FindAsync(record.Target.Id.ToString(), cancellationToken)).FirstOrDefault(row => row.Recipient == recipient);
        return released is not { State: HeldState.Released or HeldState.Releasing } || released.ReleasedBy == Automation || (message.Verdict == Malware && released.ReleasedVerdict != Malware);
    }

    /// <summary>As <see cref="Remediations.RemediationRow.DecidedBy"/> of what nobody decided.</summary>
    private const string Automation = "Automation";
}
