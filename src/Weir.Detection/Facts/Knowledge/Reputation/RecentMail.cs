using System.Numerics;
using System.Runtime.InteropServices;

namespace Weir.Detection.Facts.Knowledge.Reputation;

/// <summary>The last messages, one entry for each recipient, oldest first. Bounded: the oldest is written over.</summary>
internal sealed class RecentMail(int most)
{
    private readonly List<RecentEntry> _entries = [];
    private readonly Dictionary<Guid, int> _messages = [];
    private int _oldest;

    public IEnumerable<RecentEntry> All
    {
        get
        {
            for (var i = 0; i < _entries.Count; i++)
            {
                yield return _entries[(_oldest + i) % _entries.Count];
            }
        }
    }

    public void Add(RecentEntry entry)
    {
        _messages[entry.Message] = _messages.GetValueOrDefault(entry.Message) + 1;
        if (_entries.Count < most)
        {
            _entries.Add(entry);
            return;
        }

        var old = _entries[_oldest].Message;
        if (--_messages[old] == 0)
        {
            _messages.Remove(old);
        }

        _entries[_oldest] = entry;
        _oldest = (_oldest + 1) % most;
    }

    /// <summary>What a message was judged last; nothing when it is not here.</summary>
    public RecentVerdict? VerdictOf(Guid message) => _messages.ContainsKey(message) ? _entries.Find(entry => entry.Message == message).Verdict : null;

    /// <summary>A message judged again is what it was judged last.</summary>
    /// <returns>What it was before; nothing when it is not here.</returns>
    public RecentVerdict? Rejudge(Guid message, RecentVerdict verdict)
    {
        if (!_messages.TryGetValue(message, out var count))
        {
            return null;
        }

        var before = verdict;
        for (var i = 0; i < _entries.Count && count > 0; i++)
        {
            if (_entries[i].Message == message)
            {
                before = _entries[i].Verdict;
                _entries[i] = _entries[i] with { Verdict = verdict };
                count--;
            }
        }

        return before;
    }

    /// <summary>Entries of other messages with nearly this fingerprint, since a time.</summary>
    public List<(int Distance, RecentEntry Entry)> Near(Guid self, long cluster, int most, uint since, uint until)
    {
        var near = new List<(int, RecentEntry)>();
        foreach (ref readonly var entry in CollectionsMarshal.AsSpan(_entries))
        {
            if (entry.Cluster != 0 && entry.Minute >= since && entry.Minute <= until && BitOperations.PopCount((ulong)(entry.Cluster ^ cluster)) is var distance && distance <= most && entry.Message != self)
            {
                near.Add((distance, entry));
            }
        }

        return near;
    }

    /// <summary>For each of these recipients, who wrote to it for the first time since a time.</summary>
    public Dictionary<ulong, HashSet<ulong>> Strangers(Guid self, HashSet<ulong> recipients, uint since, uint until)
    {
        var strangers = new Dictionary<ulong, HashSet<ulong>>();
        foreach (ref readonly var entry in CollectionsMarshal.AsSpan(_entries))
        {
            if (!entry.IsFirst || entry.Message == self || entry.Minute < since || entry.Minute > until || !recipients.Contains(entry.Recipient))
            {
                continue;
            }

            if (!strangers.TryGetValue(entry.Recipient, out var senders))
            {
                strangers[entry.Recipient] = senders = [];
            }

            senders.Add(entry.Sender);
        }

        return strangers;
    }
}

/// <summary>One message to one recipient; people and addresses as keys.</summary>
/// <param name="IsFirst">The recipient never had mail from the author.</param>
internal readonly record struct RecentEntry(Guid Message, long Cluster, uint Minute, RecentVerdict Verdict, bool IsFirst, ulong Sender, ulong SenderDomain, ulong Client, ulong Recipient);

internal enum RecentVerdict : byte { Good, Spam, Phish, Malware }
