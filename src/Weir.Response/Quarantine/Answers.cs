using System.Globalization;
using Weir.Access.Contracts;
using Weir.Mailboxes.Contracts;
using Weir.Response.OwnMail;

namespace Weir.Response.Quarantine;

/// <summary>Tells people what became of what they asked for.</summary>
internal sealed class Answers(WrittenMail written, IOutbox outbox)
{
    private static readonly Caller Self = Caller.System("quarantine", Permission.ResponseManage);

    /// <summary>Each of them once for each decision.</summary>
    public async Task TellAsync(IReadOnlyList<HeldRow> rows, bool isApproved, string note, CancellationToken cancellationToken)
    {
        if (rows.Count == 0 || !written.IsPossible)
        {
            return;
        }

        var mail = rows.Select(row => written.Of(new NoticeText
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"quarantine-answer/{row.MessageId}/{row.Holding}/{row.DecidedAt?.UtcTicks}/{row.Recipient}"),
            Kind = "Quarantine decision",
            Recipient = row.Recipient,
            Subject = isApproved ? "Your message is released" : "Your message stays in quarantine",
            Heading = isApproved ? "The message that you asked for is on its way to your inbox." : "The message that you asked for is not released.",
            Facts = [("From", row.SenderName.Length > 0 ? $"{row.SenderName} <{row.Sender}>" : row.Sender), ("Subject", row.Subject), ("Decided by", row.DecidedBy), .. note.Length > 0 ? [("Note", note)] : ((string, string)[])[]],
        }));
        await outbox.AddAsync(Self, [.. mail], cancellationToken);
    }
}
