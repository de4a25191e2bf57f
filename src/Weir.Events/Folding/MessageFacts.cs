using System.Text.Json;
using Weir.Events.Contracts;
using Weir.Events.Log;
using Weir.Kernel;

namespace Weir.Events.Folding;

/// <summary>All facts about one message. A set: neither their order nor their repetition matters.</summary>
internal sealed class MessageFacts(NetworkMessageId id)
{
    /// <summary>The one door whose second sighting names further recipients; an import names those that a file speaks of.</summary>
    private const string Journal = "journal";

    private const int MostEarlier = 10;

    // By their recorded form: records with lists are not equal by value.
    private readonly Dictionary<string, Fact> _others = new(StringComparer.Ordinal);
    private readonly SortedList<DateTimeOffset, MessageJudged> _judgements = [];
    private readonly Dictionary<string, MailboxActed> _acted = new(StringComparer.Ordinal);

    // By the judgement that led to it: a message joins and leaves at most once for each.
    private readonly SortedList<(long Cause, bool IsJoining), Fact> _campaigns = [];

    public NetworkMessageId Id { get; } = id;

    public MessageReceived? Received { get; private set; }

    /// <summary>The judgement at delivery.</summary>
    public MessageJudged? FirstJudgement => _judgements.Count == 0 ? null : _judgements.Values[0];

    /// <summary>The judgement that counts now.</summary>
    public MessageJudged? Judgement => _judgements.Count == 0 ? null : _judgements.Values[^1];

    /// <summary>The judgement whose decisions the mail server carried out: stored mail that is judged again was delivered already.</summary>
    public MessageJudged? AtDelivery => _judgements.Values.LastOrDefault(judged => judged.RejudgingId.Length == 0) ?? FirstJudgement;

    /// <summary>Judgements before that one, the latest first; at most <see cref="MostEarlier"/>.</summary>
    public IEnumerable<MessageJudged> EarlierJudgements => _judgements.Values.Reverse().Skip(1).Take(MostEarlier);

    public RecipientRefused? Refused { get; private set; }

    /// <summary>The campaign it belongs to now; nothing when it left the last one.</summary>
    public CampaignJoined? Campaign => _campaigns.Count == 0 ? null : _campaigns.Values[^1] as CampaignJoined;

    public IEnumerable<DeliveryObserved> Deliveries => _others.Values.OfType<DeliveryObserved>();

    /// <summary>Envelope recipients with what was decided for each, the latest first; then those that only a copy of the message named.</summary>
    public IEnumerable<RecordedRecipient> Recipients =>
    [
        .. _judgements.Values.Reverse().OrderBy(judged => judged.RejudgingId.Length > 0).SelectMany(judged => judged.Recipients),
        .. _others.Values.OfType<MessageSeen>().Where(seen => seen.Door == Journal).SelectMany(seen => seen.Recipients).Order(StringComparer.Ordinal).Select(address => new RecordedRecipient { Address = address, Decision = "Deliver" }),
    ];

    /// <summary>What was done after delivery, in the order it was done.</summary>
    public IReadOnlyList<MailboxActed> Acted =>
        [.. _acted.Values.OrderBy(acted => acted.At).ThenBy(acted => acted.ActionKey, StringComparer.Ordinal)];

    /// <summary>The parts that the event store has rows of.</summary>
    public MessageParts Stored { get; set; }

    /// <summary>The Timestamp of the stored rows of Mail and Evidence, in ticks.</summary>
    public long StoredTimestamp { get; set; }

    /// <summary>Timestamp of the message's rows.</summary>
    public DateTimeOffset Timestamp => FirstJudgement?.ReceivedAt ?? Refused?.At ?? default;

    /// <summary>Takes a fact in.</summary>
    /// <param name="changed">The parts whose rows it changes.</param>
    /// <returns>False when it was known.</returns>
    public bool Add(Fact fact, out MessageParts changed)
    {
        var isNew = fact switch
        {
            MessageReceived received => Take(received),
            MessageJudged judged => _judgements.TryAdd(judged.At, judged),
            RecipientRefused refused => Take(refused),
            MailboxActed acted => Take(acted),
            CampaignJoined joined => _campaigns.TryAdd((joined.Cause, true), joined),
            CampaignLeft left => _campaigns.TryAdd((left.Cause, false), left),
            _ => _others.TryAdd(JsonSerializer.Serialize(fact, EventJson.Default.Fact), fact),
        };
        changed = !isNew ? MessageParts.None : fact switch
        {
            MessageReceived => MessageParts.Mail | MessageParts.Evidence | MessageParts.PostDelivery,
            MessageJudged => MessageParts.Mail | MessageParts.Evidence | MessageParts.PostDelivery | MessageParts.Campaign,
            DeliveryObserved or MessageSeen => MessageParts.Mail | MessageParts.PostDelivery | MessageParts.Campaign,
            RecipientRefused => MessageParts.Mail,
            MailboxActed => MessageParts.PostDelivery,
            CampaignJoined or CampaignLeft => MessageParts.Campaign,
            _ => MessageParts.None,
        };
        return isNew;
    }

    private bool Take(MessageReceived received)
    {
        var isNew = Received is null;
        Received ??= received;
        return isNew;
    }

    private bool Take(RecipientRefused refused)
    {
        var isNew = Refused is null;
        Refused ??= refused;
        return isNew;
    }

    // The same key is the same action: what was said first counts.
    private bool Take(MailboxActed acted)
    {
        if (!_acted.TryGetValue(acted.ActionKey, out var known))
        {
            _acted.Add(acted.ActionKey, acted);
            return true;
        }

        var earlier = acted.At < known.At;
        if (earlier)
        {
            _acted[acted.ActionKey] = acted;
        }

        return earlier;
    }
}

/// <summary>The groups of rows that a message has in the event store.</summary>
[Flags]
internal enum MessageParts
{
    None = 0,

    /// <summary>EmailEvents and EmailAttachmentInfo: per recipient.</summary>
    Mail = 1,

    /// <summary>WeirMessageEvidence and EmailUrlInfo: per message.</summary>
    Evidence = 2,

    /// <summary>EmailPostDeliveryEvents and the state after delivery.</summary>
    PostDelivery = 4,

    /// <summary>CampaignInfo and WeirCampaignTies.</summary>
    Campaign = 8,
}
