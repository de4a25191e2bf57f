using System.Security.Cryptography;
using System.Text;
using Weir.Events.Contracts;
using Weir.Kernel;

namespace Weir.Gateway.Intake;

/// <summary>
/// What the log says of mail that came lately, as an index: is this the same message, whose queue id is this, what waits for its judgement.
/// A fold of facts; safe for concurrent use.
/// </summary>
internal sealed class KnownMail
{
    /// <summary>The same message comes within this time, by whichever door.</summary>
    public static readonly TimeSpan SameWithin = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, Sighting> _sightings = [];
    private readonly Dictionary<string, (QueuedMail Mail, DateTimeOffset At)> _queue = new(StringComparer.Ordinal);
    private readonly Dictionary<NetworkMessageId, MessageReceived> _unjudged = [];

    private readonly record struct Sighting(NetworkMessageId Id, DateTimeOffset At, string Door);

    /// <summary>Messages received whose judgement is not in the log.</summary>
    public IReadOnlyList<MessageReceived> Unjudged
    {
        get
        {
            lock (_gate)
            {
                return [.. _unjudged.Values];
            }
        }
    }

    public void Remember(Fact fact)
    {
        lock (_gate)
        {
            RememberWithoutState(fact);
            switch (fact)
            {
                case MessageReceived received:
                    RememberQueue(received.Envelope.QueueId, new QueuedMail(received.Id, received.Envelope.Recipients, received.InternetMessageId), received.At);
                    _unjudged[received.Id] = received;
                    break;
                case MessageJudged judged:
                    _unjudged.Remove(judged.Id);
                    break;
                case MessageSeen seen:
                    RememberQueue(seen.QueueId, new QueuedMail(seen.Id, seen.Recipients, ""), seen.At);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Takes in only what makes messages the same: for facts that may have been taken in before.</summary>
    public void RememberAgain(Fact fact)
    {
        lock (_gate)
        {
            RememberWithoutState(fact);
        }
    }

    /// <summary>The id under which exactly these bytes were recorded for all of these recipients, at any time.</summary>
    public NetworkMessageId? FindBytes(string sha256, IReadOnlyList<string> recipients)
    {
        lock (_gate)
        {
            return FindForAll(recipients, recipient => Key("raw", sha256, recipient), _ => true)?.Id;
        }
    }

    /// <summary>The same message when it was recorded before: by Weir's id, or by body, Message-ID and recipient within a day.</summary>
    public SameMail? FindSame(Fingerprints message)
    {
        lock (_gate)
        {
            if (message.ClaimedId is { } claimed && _sightings.TryGetValue(Key("id", claimed.ToString(), message.BodySha256), out var byId))
            {
                return new SameMail(claimed, byId.Door);
            }

            // Without a Message-ID two equal bodies are two messages: a monitoring system says the same every night.
            if (message.MessageId.Length == 0)
            {
                return null;
            }

            var found = message.IsCopy
                ? message.Recipients.Select(Content).FirstOrDefault(sighting => sighting is { } known && Near(known.At))
                : FindForAll(message.Recipients, recipient => ContentKey(message.BodySha256, message.MessageId, recipient), Near);
            return found is { } same ? new SameMail(same.Id, same.Door) : null;
        }

        Sighting? Content(string recipient) => _sightings.TryGetValue(ContentKey(message.BodySha256, message.MessageId, recipient), out var sighting) ? sighting : null;

        bool Near(DateTimeOffset at) => (at - message.ReceivedAt).Duration() <= SameWithin;
    }

    public QueuedMail? FindQueued(string queueId)
    {
        lock (_gate)
        {
            return _queue.TryGetValue(queueId, out var found) ? found.Mail : null;
        }
    }

    /// <summary>Lets go of what is older; a message that waits for its judgement stays.</summary>
    public void Forget(DateTimeOffset before)
    {
        lock (_gate)
        {
            foreach (var (key, _) in _sightings.Where(pair => pair.Value.At < before).ToList())
            {
                _sightings.Remove(key);
            }

            foreach (var (key, _) in _queue.Where(pair => pair.Value.At < before).ToList())
            {
                _queue.Remove(key);
            }
        }
    }

    private void RememberWithoutState(Fact fact)
    {
        if (fact is MessageReceived received)
        {
            RememberSighting(received);
        }
        else if (fact is MessageSeen seen)
        {
            foreach (var recipient in seen.Recipients)
            {
                _sightings.TryAdd(Key("raw", seen.Sha256, recipient), new Sighting(seen.Id, seen.At, seen.Door));
            }
        }
    }

    private void RememberSighting(MessageReceived received)
    {
        var sighting = new Sighting(received.Id, received.At, received.Door);
        _sightings[Key("id", received.Id.ToString(), received.BodySha256)] = sighting;
        foreach (var recipient in received.Envelope.Recipients)
        {
            _sightings[Key("raw", received.Sha256, recipient)] = sighting;
            if (received.InternetMessageId.Length > 0)
            {
                _sightings[ContentKey(received.BodySha256, received.InternetMessageId, recipient)] = sighting;
            }
        }
    }

    private void RememberQueue(string queueId, QueuedMail mail, DateTimeOffset at)
    {
        if (queueId.Length > 0)
        {
            // The mail server uses short queue ids again: the newest owns it.
            _queue[queueId] = (mail, at);
        }
    }

    private Sighting? FindForAll(IReadOnlyList<string> recipients, Func<string, UInt128> key, Func<DateTimeOffset, bool> near)
    {
        Sighting? found = null;
        foreach (var recipient in recipients)
        {
            if (!_sightings.TryGetValue(key(recipient), out var sighting) || !near(sighting.At) || (found is { } other && other.Id != sighting.Id))
            {
                return null;
            }

            found = sighting;
        }

        return found;
    }

    private static UInt128 ContentKey(string bodySha256, string messageId, string recipient) => Key("content", bodySha256 + messageId, recipient);

    private static UInt128 Key(string kind, string what, string recipient)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{what}\n{Fingerprints.Normal(recipient)}"));
        return new UInt128(BitConverter.ToUInt64(hash, 0), BitConverter.ToUInt64(hash, 8));
    }
}

/// <summary>A message that was recorded before.</summary>
/// <param name="Door">The one it came by first.</param>
internal readonly record struct SameMail(NetworkMessageId Id, string Door);
