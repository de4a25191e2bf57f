using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Weir.Mail.Contracts;

namespace Weir.Server.Audit;

/// <summary>Whom the owner of a mailbox wrote to and what was answered, from the headers of sent mail. Holds hashes and times only.</summary>
internal sealed class Correspondence
{
    /// <summary>Sent messages that are looked at; the rest of a larger folder is left out.</summary>
    public const int Most = 500_000;

    /// <summary>Whoever answers a stranger knows the stranger no better: an answer counts after this time only.</summary>
    private static readonly TimeSpan Acquaintance = TimeSpan.FromDays(14);

    private readonly Dictionary<ulong, long> _firstTo = [];
    private readonly Dictionary<ulong, long> _firstUnasked = [];
    private readonly Dictionary<ulong, long> _answers = [];

    public void Add(ParsedMessage sent, DateTimeOffset at)
    {
        foreach (var address in sent.To.Concat(sent.Cc))
        {
            var key = Hash(address.Address.ToLowerInvariant());
            Earliest(_firstTo, key, at.UtcTicks);
            if (sent.InReplyTo.Length == 0 && sent.References.Count == 0)
            {
                Earliest(_firstUnasked, key, at.UtcTicks);
            }
        }

        if (sent.InReplyTo.Length > 0)
        {
            Earliest(_answers, Hash(sent.InReplyTo.Trim()), at.UtcTicks);
        }
        else if (sent.References.Count > 0)
        {
            Earliest(_answers, Hash(sent.References[^1].Trim()), at.UtcTicks);
        }
    }

    /// <summary>When an answer to this message was sent.</summary>
    public DateTimeOffset? AnsweredAt(string messageId) =>
        messageId.Length > 0 && _answers.TryGetValue(Hash(messageId.Trim()), out var ticks) ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Did the owner know this address before that time: wrote to it unasked, or has long been in exchange with it?</summary>
    public bool Knew(string address, DateTimeOffset at) => address.Length > 0 && Hash(address.ToLowerInvariant()) is var key
        && (_firstUnasked.GetValueOrDefault(key, long.MaxValue) < at.UtcTicks || _firstTo.GetValueOrDefault(key, long.MaxValue) < (at - Acquaintance).UtcTicks);

    private static void Earliest(Dictionary<ulong, long> times, ulong key, long ticks)
    {
        if (!times.TryGetValue(key, out var known) || ticks < known)
        {
            times[key] = ticks;
        }
    }

    private static ulong Hash(string text) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
