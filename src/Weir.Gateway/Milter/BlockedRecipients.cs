using Weir.Events.Contracts;
using Weir.Gateway.Contracts;
using Weir.Intelligence.Contracts;
using Weir.Kernel;

namespace Weir.Gateway.Milter;

/// <summary>Mail of the organisation's own users to an address or a domain that the list blocks is refused, whole: its sender learns to whom it may not go.</summary>
internal sealed class BlockedRecipients(IAllowBlockList list, IEventLog log, TimeProvider time)
{
    public const string Refused = "550 5.7.703 Your message can't be delivered because messages to {0} are blocked by your organization";

    /// <summary>More addresses do not fit into a reply.</summary>
    private const int MostNamed = 3;

    /// <summary>The reply, recorded for each blocked recipient; nothing when none is blocked, or when nobody signed in to send it.</summary>
    public async ValueTask<string?> RefuseAsync(IncomingMessage message, CancellationToken cancellationToken)
    {
        var envelope = message.Envelope;
        if (envelope.AuthenticatedUser.Length == 0)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var blocked = envelope.Recipients.Where(recipient => IsBlocked(recipient, now)).ToList();
        if (blocked.Count == 0)
        {
            return null;
        }

        var names = string.Join(", ", blocked.Take(MostNamed).Select(Printable)) + (blocked.Count > MostNamed ? $" and {blocked.Count - MostNamed} more" : "");
        var reply = Refused.Replace("{0}", names, StringComparison.Ordinal);
        await log.AppendAsync(
            [
                .. blocked.Select(recipient => new RecipientRefused
                {
                    At = now,
                    Id = NetworkMessageId.New(now),
                    MailFrom = envelope.MailFrom,
                    Recipient = recipient,
                    Reply = reply,
                    ClientIp = envelope.ClientIp,
                    Helo = envelope.Helo,
                    EmailDirection = "Outbound",
                }),
            ],
            cancellationToken);
        return reply;
    }

    private bool IsBlocked(string recipient, DateTimeOffset now) =>
        list.Find(new MailTraits { Author = recipient }, now).Any(entry => entry is { IsAllow: false, Kind: EntryKind.Sender or EntryKind.SenderDomain } && (entry.CoversAddress(recipient) || entry.CoversDomain(recipient[(recipient.LastIndexOf('@') + 1)..])));

    /// <summary>A reply is ASCII.</summary>
    private static string Printable(string address) => string.Concat(address.Where(letter => letter is > ' ' and < '\x7f').Take(80));
}
