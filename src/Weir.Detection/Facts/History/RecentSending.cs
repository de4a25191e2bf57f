namespace Weir.Detection.Facts.History;

/// <summary>Recipients of each own sender within ten minutes, by the time of the messages. Bounded: what is older is forgotten, and of too many senders the stalest.</summary>
internal sealed class RecentSending
{
    private const int MostSenders = 5_000;
    private const int MostMessages = 1_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<(DateTimeOffset At, int Recipients)>> _senders = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Counts a message and tells the recipients of the ten minutes that end with it.</summary>
    public int Count(string sender, DateTimeOffset at, int recipients)
    {
        lock (_gate)
        {
            if (!_senders.TryGetValue(sender, out var sent))
            {
                MakeRoom();
                _senders[sender] = sent = new Queue<(DateTimeOffset, int)>();
            }

            sent.Enqueue((at, recipients));
            while (sent.Count > MostMessages || sent.Peek().At < at - Window)
            {
                sent.Dequeue();
            }

            return sent.Where(message => message.At <= at).Sum(message => message.Recipients);
        }
    }

    /// <summary>The recipients of the ten minutes that end with a message that may have been counted; its own when nothing is known of that time any more.</summary>
    public int Around(string sender, DateTimeOffset at, int recipients)
    {
        lock (_gate)
        {
            return Math.Max(recipients, _senders.TryGetValue(sender, out var sent) ? sent.Where(message => message.At <= at && message.At >= at - Window).Sum(message => message.Recipients) : 0);
        }
    }

    private void MakeRoom()
    {
        if (_senders.Count < MostSenders)
        {
            return;
        }

        foreach (var stale in _senders.OrderBy(pair => pair.Value.Max(message => message.At)).Take(MostSenders / 10).Select(pair => pair.Key).ToList())
        {
            _senders.Remove(stale);
        }
    }
}
