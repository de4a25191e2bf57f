using Microsoft.Extensions.Options;
using Weir.Access.Contracts;
using Weir.Directory.Contracts;
using Weir.Gateway.Intake;
using Weir.Intelligence.Contracts;
using Weir.Kernel;
using Weir.Mail.Contracts;

namespace Weir.Gateway.Journal;

/// <summary>The journal's way to the intake.</summary>
internal sealed class JournalIntake(MessageIntake intake, IDirectory directory, JournalAddresses addresses, IOptions<JournalOptions> options, TimeProvider time, IOwnMail? own = null) : IJournalIntake
{
    private static readonly Caller Caller = Caller.System(Doors.Journal, Permission.MailImport);

    public async ValueTask<NetworkMessageId> AcceptAsync(ReadOnlyMemory<byte> raw, Envelope envelope, CancellationToken cancellationToken)
    {
        var copy = JournalCopy.Of(raw, envelope, addresses, options.Value.Reports, directory.Current);
        if (own?.Check(copy.Raw, copy.Envelope.Recipients).State is MarkState.Valid or MarkState.Expired)
        {
            // Weir's own mail is no mail to judge or to record.
            return NetworkMessageId.New(copy.ReceivedAt ?? time.GetUtcNow());
        }

        return (await intake.AcceptAsync(Caller, [copy], cancellationToken))[0].Id;
    }
}
