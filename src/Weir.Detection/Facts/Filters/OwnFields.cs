using System.Net;
using Weir.Mail.Contracts;

namespace Weir.Detection.Facts.Filters;

/// <summary>
/// The header fields of a message, and which of them the organisation's own machines wrote: those above the Received field of the machine
/// that took the message from outside. Below it everything is the sender's word.
/// </summary>
internal sealed class OwnFields
{
    private readonly IReadOnlyList<MailHeader> _all;
    private readonly int _own;

    private OwnFields(IReadOnlyList<MailHeader> all, int own, IReadOnlySet<string> queueIds)
    {
        _all = all;
        _own = own;
        QueueIds = queueIds;
    }

    /// <summary>Numbers that own machines gave the message. A sender cannot know them beforehand.</summary>
    public IReadOnlySet<string> QueueIds { get; }

    /// <param name="relays">Beside loopback, and the machine that is not named (a pipe, a socket), these are the organisation's.</param>
    public static OwnFields Of(ParsedMessage message, Envelope envelope, TrustedRelays relays)
    {
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        Add(envelope.QueueId);
        // An outside client speaks to us: nothing that came with the message is ours.
        var isOutside = envelope.ClientIp.Length > 0 && !IsOurs(relays, envelope.ClientIp, envelope.ClientName);
        var own = 0;
        var hop = 0;
        for (var i = 0; i < message.Headers.Count && !isOutside; i++)
        {
            if (!message.Headers[i].Name.Equals("Received", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (hop >= message.Received.Count)
            {
                break;
            }

            var received = message.Received[hop++];
            Add(received.Id);
            own = i + 1;
            isOutside = received.FromIp.Length > 0 && !IsOurs(relays, received.FromIp, received.FromName);
        }

        // No machine took it from outside as far as it tells: it never left the house, or it is a bare file. Then no field is proven.
        return new OwnFields(message.Headers, isOutside ? own : 0, ids);

        void Add(string id)
        {
            if (id.Length >= 6)
            {
                ids.Add(id);
            }
        }
    }

    /// <summary>The topmost field of this name that an own machine wrote; of a believed filter the topmost of all.</summary>
    public string? First(string name, bool isBelieved) =>
        _all.Take(isBelieved ? _all.Count : _own).FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>The fields that stand in one row with a field of this name whose value is one of our queue ids.</summary>
    /// <param name="belongs">The names that the same program writes.</param>
    public IReadOnlyList<MailHeader> Beside(string name, Predicate<string> belongs)
    {
        for (var at = _all.Count - 1; at >= 0; at--)
        {
            if (!_all[at].Name.Equals(name, StringComparison.OrdinalIgnoreCase) || !QueueIds.Contains(_all[at].Value.Trim()))
            {
                continue;
            }

            var (first, last) = (at, at);
            while (first > 0 && belongs(_all[first - 1].Name))
            {
                first--;
            }

            while (last + 1 < _all.Count && belongs(_all[last + 1].Name))
            {
                last++;
            }

            return [.. _all.Skip(first).Take(last - first + 1)];
        }

        return [];
    }

    private static bool IsOurs(TrustedRelays relays, string ip, string name) =>
        (IPAddress.TryParse(ip, out var address) && IPAddress.IsLoopback(address)) || relays.Includes(ip, name);
}
