using Weir.Events.Contracts;
using Weir.Events.Schema;
using Weir.Events.Store;
using Weir.Kernel;

namespace Weir.Events.Folding;

/// <summary>Turns batches of facts into changes of the event store. Its memory of recent messages is a cache: whatever it lacks is read again from the log.</summary>
/// <param name="factsOf">Sequence numbers of the facts about messages that the store has folded in.</param>
/// <param name="read">The fact with a sequence number; null when its day has been dropped.</param>
internal sealed class Fold(Func<IReadOnlyCollection<NetworkMessageId>, ILookup<NetworkMessageId, long>> factsOf, Func<long, Fact?> read)
{
    // Two generations of at most this many messages (some 10 kB each) are remembered.
    private const int Generation = 2000;

    private Dictionary<NetworkMessageId, MessageFacts> _young = [];
    private Dictionary<NetworkMessageId, MessageFacts> _old = [];

    /// <summary>The changes that these facts, which follow the store's cursor, make. Call <see cref="Forget"/> when they could not be applied.</summary>
    public StoreChanges Of(IReadOnlyList<LoggedFact> facts)
    {
        var changes = new StoreChanges();
        var touched = Load(facts);
        var dirty = new Dictionary<NetworkMessageId, MessageParts>();
        foreach (var (sequence, fact) in facts)
        {
            if (TimelineRows.MessageOf(fact) is { } id)
            {
                changes.Facts.Add((id, sequence));
                if (touched[id].Add(fact, out var parts))
                {
                    changes.Add([TimelineRows.Of(id, fact)]);
                    dirty[id] = dirty.GetValueOrDefault(id) | parts;
                }
            }
            else if (fact is ClickRecorded click)
            {
                changes.Add([TimelineRows.Of(click)]);
            }
            else if (fact is AlertRaised alert)
            {
                changes.Add(AlertRows.Of(alert));
            }
            else if (fact is CampaignChanged campaign)
            {
                changes.Change(campaign);
            }
        }

        foreach (var (id, parts) in dirty)
        {
            Write(touched[id], parts, changes);
        }

        return changes;
    }

    /// <summary>Forgets what is remembered of messages.</summary>
    public void Forget()
    {
        _young = [];
        _old = [];
    }

    private static void Write(MessageFacts message, MessageParts parts, StoreChanges changes)
    {
        if (parts.HasFlag(MessageParts.Mail))
        {
            Replace(message, MessageParts.Mail, changes, MailTables.EmailEvents, MailTables.EmailAttachmentInfo);
        }

        if (parts.HasFlag(MessageParts.Evidence))
        {
            Replace(message, MessageParts.Evidence, changes, WeirTables.WeirMessageEvidence, WeirTables.WeirOtherFilter, MailTables.EmailUrlInfo);
        }

        var mailboxes = MailRows.MailboxesOf(message);
        if (parts.HasFlag(MessageParts.Mail))
        {
            changes.Add(MailRows.Of(message, mailboxes));
        }

        if (parts.HasFlag(MessageParts.Evidence))
        {
            changes.Add(EvidenceRows.Of(message));
        }

        if (parts.HasFlag(MessageParts.PostDelivery) && message.Acted.Count > 0)
        {
            if (message.Stored.HasFlag(MessageParts.PostDelivery))
            {
                changes.Remove(MailTables.EmailPostDeliveryEvents, message.Id, timestamp: null);
                changes.StaleStates.Add(message.Id);
            }

            changes.Add(PostDeliveryRows.Of(message));
            changes.States.AddRange(PostDeliveryRows.StatesOf(message, mailboxes));
            message.Stored |= MessageParts.PostDelivery;
        }

        if (parts.HasFlag(MessageParts.Campaign))
        {
            Replace(message, MessageParts.Campaign, changes, MailTables.CampaignInfo, WeirTables.WeirCampaignTies);
            changes.Add(CampaignRows.Of(message, mailboxes));
        }

        MarkStored(message);
    }

    private static void Replace(MessageFacts message, MessageParts part, StoreChanges changes, params ReadOnlySpan<HuntingTable> tables)
    {
        if (message.Stored.HasFlag(part))
        {
            foreach (var table in tables)
            {
                changes.Remove(table, message.Id, message.StoredTimestamp);
            }
        }
    }

    private static void MarkStored(MessageFacts message)
    {
        if (message.Judgement is not null)
        {
            message.Stored |= MessageParts.Mail | MessageParts.Evidence;
        }
        else if (message.Refused is not null)
        {
            message.Stored |= MessageParts.Mail;
        }

        if (message.Acted.Count > 0)
        {
            message.Stored |= MessageParts.PostDelivery;
        }

        // What the log says twice is written once more at most.
        if (message.Campaign is not null)
        {
            message.Stored |= MessageParts.Campaign;
        }

        message.StoredTimestamp = message.Timestamp.UtcTicks;
    }

    private Dictionary<NetworkMessageId, MessageFacts> Load(IReadOnlyList<LoggedFact> facts)
    {
        var touched = new Dictionary<NetworkMessageId, MessageFacts>();
        var unknown = new List<NetworkMessageId>();
        foreach (var fact in facts)
        {
            if (TimelineRows.MessageOf(fact.Fact) is { } id && !touched.ContainsKey(id))
            {
                var message = _young.GetValueOrDefault(id) ?? _old.GetValueOrDefault(id);
                if (message is null)
                {
                    unknown.Add(id);
                    message = new MessageFacts(id);
                }

                touched.Add(id, message);
            }
        }

        foreach (var known in factsOf(unknown))
        {
            var message = touched[known.Key];
            foreach (var sequence in known.Order())
            {
                if (read(sequence) is { } fact)
                {
                    message.Add(fact, out _);
                }
            }

            MarkStored(message);
        }

        foreach (var (id, message) in touched)
        {
            Remember(id, message);
        }

        return touched;
    }

    private void Remember(NetworkMessageId id, MessageFacts message)
    {
        if (_young.Count >= Generation)
        {
            _old = _young;
            _young = [];
        }

        _young[id] = message;
    }
}
