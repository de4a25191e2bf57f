using Weir.Gateway.Intake;

namespace Weir.Gateway.Delivery.Postfix;

/// <summary>
/// Follows messages through Postfix's queue by its log lines: from the queue id that the milter was told, through forwards that get a queue id
/// of their own, to the agent that delivers. Pure: lines in, outcomes out.
/// </summary>
internal sealed class PostfixQueue(Func<string, QueuedMail?> find)
{
    private const int MaxHeld = 50_000;
    private static readonly TimeSpan HeldFor = TimeSpan.FromHours(1);

    /// <summary>Postfix itself gives up after five days.</summary>
    private static readonly TimeSpan LiveFor = TimeSpan.FromDays(10);

    // Lines about queue ids that are not known yet: a forward may be delivered before the line that names it, a message before its copy came to the journal.
    private readonly Dictionary<string, List<PostfixLine>> _held = new(StringComparer.Ordinal);
    private readonly Queue<(string QueueId, DateTimeOffset At)> _heldInOrder = new();

    /// <summary>Kept over a restart.</summary>
    public Dictionary<string, LiveQueue> Live { get; init; } = new(StringComparer.Ordinal);

    public IEnumerable<FinalRecipient> Read(PostfixLine line)
    {
        if (PostfixEvents.Parse(line) is not { } told || told is RecipientRejected)
        {
            return [];
        }

        var isFollowed = Live.ContainsKey(line.QueueId);
        if (LiveOf(line) is not { } live)
        {
            Hold(line);
            return [];
        }

        // A copy for the journal comes after the message itself may have been delivered: what was said of it waited.
        return isFollowed ? Read(line, live, told) : [.. Release(line.QueueId), .. Read(line, live, told)];
    }

    private List<FinalRecipient> Read(PostfixLine line, LiveQueue live, PostfixEvent told)
    {
        live.Touched = line.At;
        switch (told)
        {
            case QueueRemoved:
                Live.Remove(line.QueueId);
                return [];
            case QueueExpired:
                return [.. live.Deferred.Select(waiting => Final(line, live, waiting.Recipient, waiting.Original, Outcome.Failed, waiting.Reply, session: ""))];
            case RecipientStatus status:
                return Read(line, live, status);
            default:
                return [];
        }
    }

    private List<FinalRecipient> Read(PostfixLine line, LiveQueue live, RecipientStatus status)
    {
        var original = live.ForwardedFor.Length > 0 ? live.ForwardedFor : status.OriginalRecipient.Length > 0 ? status.OriginalRecipient : status.Recipient;
        if (status.Status == "deferred")
        {
            live.Deferred.RemoveAll(waiting => waiting.Recipient == status.Recipient && waiting.Original == original);
            live.Deferred.Add(new DeferredRecipient(status.Recipient, original, status.Reply));
            return [];
        }

        live.Deferred.RemoveAll(waiting => waiting.Recipient == status.Recipient && waiting.Original == original);
        if (status.Status == "bounced")
        {
            return [Final(line, live, status.Recipient, original, Outcome.Failed, status.Reply, session: "")];
        }

        if (status.Status != "sent")
        {
            return [];
        }

        if (ChildOf(line, status) is { } child)
        {
            Live[child] = new LiveQueue { Id = live.Id, MessageId = live.MessageId, ForwardedFor = original, Touched = line.At };
            return Release(child);
        }

        return line.Daemon switch
        {
            "smtp" or "relay" => [Final(line, live, status.Recipient, original, Outcome.External, status.Reply, session: "")],
            "discard" => [Final(line, live, status.Recipient, original, Outcome.Dropped, status.Reply, session: "")],
            _ => [Final(line, live, status.Recipient, original, Outcome.Mailbox, status.Reply, SessionIn(status))],
        };
    }

    private static FinalRecipient Final(PostfixLine line, LiveQueue live, string recipient, string original, Outcome outcome, string reply, string session) =>
        new(line.At, live.Id, Fingerprints.Normal(recipient), Fingerprints.Normal(original), outcome, reply, session, live.MessageId);

    /// <summary>The queue id under which the message goes on: a local forward, or a filter on this machine that hands it back.</summary>
    private static string? ChildOf(PostfixLine line, RecipientStatus status) =>
        line.Daemon == "local" ? PostfixEvents.QueueIdIn(status.Reply, "forwarded as")
        : status.Relay.StartsWith("127.0.0.1[", StringComparison.Ordinal) || status.Relay.Contains("[::1]", StringComparison.Ordinal) ? PostfixEvents.QueueIdIn(status.Reply, "queued as")
        : null;

    /// <summary><c>250 2.0.0 &lt;anna@corp.example&gt; CFoEDcSWBWvMXgAAg+zDdQ:R2 Saved</c></summary>
    private static string SessionIn(RecipientStatus status)
    {
        var words = status.Reply.Split(' ');
        return words.Length >= 2 && words[^1] == "Saved" ? words[^2] : "";
    }

    private LiveQueue? LiveOf(PostfixLine line)
    {
        if (Live.TryGetValue(line.QueueId, out var live))
        {
            return live;
        }

        if (find(line.QueueId) is not { } mail)
        {
            return null;
        }

        if (Live.Count > 0 && Live.Count % 1000 == 0)
        {
            foreach (var (gone, _) in Live.Where(pair => pair.Value.Touched < line.At - LiveFor).ToList())
            {
                Live.Remove(gone);
            }
        }

        return Live[line.QueueId] = new LiveQueue { Id = mail.Id, MessageId = mail.MessageId, Touched = line.At };
    }

    private void Hold(PostfixLine line)
    {
        while (_heldInOrder.Count >= MaxHeld || (_heldInOrder.TryPeek(out var oldest) && oldest.At < line.At - HeldFor))
        {
            _held.Remove(_heldInOrder.Dequeue().QueueId);
        }

        if (!_held.TryGetValue(line.QueueId, out var lines))
        {
            _held[line.QueueId] = lines = [];
        }

        lines.Add(line);
        _heldInOrder.Enqueue((line.QueueId, line.At));
    }

    private List<FinalRecipient> Release(string queueId) => _held.Remove(queueId, out var lines) ? [.. lines.SelectMany(Read)] : [];
}
