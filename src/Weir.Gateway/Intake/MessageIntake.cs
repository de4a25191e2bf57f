using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Weir.Access.Contracts;
using Weir.Detection.Contracts;
using Weir.Directory.Contracts;
using Weir.Events.Contracts;
using Weir.Gateway.Contracts;
using Weir.Gateway.Delivery;
using Weir.Kernel;
using Weir.Mail.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Gateway.Intake;

/// <summary>
/// Judges messages side by side and commits them together: whoever has its turn commits for all that wait (bodies with one fsync, then facts with one).
/// </summary>
internal sealed class MessageIntake(
    IMessageJudge judge,
    IBlobs blobs,
    IEventLog log,
    IDirectory directory,
    KnownMailSource source,
    TrustedRelays relays,
    IOptions<DeliveryOptions> delivery,
    RoomOnDisk room,
    TimeProvider time) : IIntake, IDisposable
{
    /// <summary>Messages of one commit; more wait for the next.</summary>
    private const int MaxInCommit = 256;

    private readonly ConcurrentQueue<Waiting> _waiting = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SemaphoreSlim _judging = new(Math.Max(2, Environment.ProcessorCount));

    public async ValueTask<IReadOnlyList<AcceptedMessage>> AcceptAsync(Caller caller, IReadOnlyList<IncomingMessage> messages, CancellationToken cancellationToken)
    {
        caller.Require(Permission.MailImport);
        room.Require();
        await source.LoadDayAsync(cancellationToken);
        if (messages.Any(message => message.Door == Doors.Import))
        {
            await source.LoadAllAsync(cancellationToken);
        }

        var waiting = await Task.WhenAll(messages.Select(message => JudgeAsync(message, cancellationToken)));
        await CommitAsync(waiting);
        return [.. waiting.Select(one => one.Accepted ?? throw new InvalidOperationException("Committed without an answer."))];
    }

    /// <summary>Keeps a message that could not be judged: received now, judged later. Only where the administrator chose to accept such mail.</summary>
    public async ValueTask<NetworkMessageId> KeepUnjudgedAsync(IncomingMessage message, CancellationToken cancellationToken)
    {
        room.Require();
        await source.LoadDayAsync(cancellationToken);
        var waiting = new Waiting(message, Fingerprints.Of(message, message.ReceivedAt ?? time.GetUtcNow()), Judged: null) { Id = NewId(message) };
        await CommitAsync([waiting]);
        return waiting.Id;
    }

    public void Dispose()
    {
        _turn.Dispose();
        _judging.Dispose();
    }

    private async Task<Waiting> JudgeAsync(IncomingMessage message, CancellationToken cancellationToken)
    {
        var receivedAt = message.ReceivedAt ?? time.GetUtcNow();
        var fingerprints = Fingerprints.Of(message, receivedAt);
        var id = NewId(message);
        await _judging.WaitAsync(cancellationToken);
        try
        {
            var judged = await judge.JudgeAsync(
                new MessageToJudge
                {
                    Id = id,
                    Raw = message.Raw,
                    Envelope = message.Envelope,
                    ReceivedAt = receivedAt,
                    RecordedAuthentication = message.RecordedAuthentication,
                },
                cancellationToken);
            return new Waiting(message, fingerprints, Doors.IsBehindDelivery(message.Door) ? Delivered(judged) : judged) { Id = id };
        }
        finally
        {
            _judging.Release();
        }
    }

    private static JudgedMessage Delivered(JudgedMessage judged) => judged with
    {
        Decisions = [.. judged.Decisions.Select(_ => DeliveryDecision.Deliver)],
        Outcomes = [.. judged.Outcomes.Select(outcome => outcome.Decision == DeliveryDecision.Deliver ? outcome : outcome with { Decision = DeliveryDecision.Deliver, Held = PolicyNames.AfterDelivery, Header = "" })],
    };

    private NetworkMessageId NewId(IncomingMessage message) => message.Id ?? NetworkMessageId.New(message.ReceivedAt ?? time.GetUtcNow());

    /// <summary>Not cancellable: what was handed over is committed, whether or not its door still listens.</summary>
    private async Task CommitAsync(IReadOnlyList<Waiting> messages)
    {
        foreach (var message in messages)
        {
            _waiting.Enqueue(message);
        }

        while (messages.Any(message => !message.Done.Task.IsCompleted))
        {
            await _turn.WaitAsync(CancellationToken.None);
            try
            {
                if (messages.Any(message => !message.Done.Task.IsCompleted))
                {
                    await CommitWaitingAsync();
                }
            }
            finally
            {
                _turn.Release();
            }
        }

        foreach (var message in messages)
        {
            await message.Done.Task;
        }
    }

    private async Task CommitWaitingAsync()
    {
        var batch = new List<Waiting>();
        while (batch.Count < MaxInCommit && _waiting.TryDequeue(out var next))
        {
            batch.Add(next);
        }

        try
        {
            await CommitBatchAsync(batch);
        }
        catch (Exception exception)
        {
            // Each door that waits must hear of it, or it would wait for ever. The caller whose turn it was awaits its own message and throws.
            foreach (var message in batch)
            {
                message.Done.TrySetException(exception);
            }
        }
    }

    private async Task CommitBatchAsync(List<Waiting> batch)
    {
        var inBatch = new KnownMail();
        var fresh = new List<Waiting>();
        foreach (var message in batch)
        {
            var same = source.Known.FindSame(message.Fingerprints) ?? inBatch.FindSame(message.Fingerprints);
            message.SeenAs = same?.Id;
            message.DecidesAnew = same is { } first && Doors.IsBehindDelivery(first.Door) && !Doors.IsBehindDelivery(message.Message.Door);
            if (same is null)
            {
                fresh.Add(message);
                inBatch.Remember(message.Received(blobId: ""));
            }
        }

        IReadOnlyList<BlobId> bodies = fresh.Count == 0 ? [] : await blobs.AppendAsync([.. fresh.Select(message => message.Message.Raw)], CancellationToken.None);
        var blobOf = fresh.Zip(bodies).ToDictionary(pair => pair.First, pair => pair.Second);
        var facts = new List<Fact>();
        foreach (var message in batch)
        {
            if (message.SeenAs is { } first)
            {
                facts.Add(message.Seen(first, time.GetUtcNow()));
            }
            else
            {
                facts.Add(message.Received(blobOf[message].Value));
            }

            // A copy came first: only now was it decided who gets the message.
            if (message.Judged is { } judged && (message.SeenAs is null || message.DecidesAnew))
            {
                facts.Add(JudgedFacts.Of(judged with { Id = message.SeenAs ?? message.Id }, message.Fingerprints.ReceivedAt, JudgedAt(message), directory.Current, relays.ClientOf(judged.Message.Received, judged.Envelope).Ip, message.Message.AreRecipientsGuessed));
            }

            facts.AddRange(message.Places(message.SeenAs ?? message.Id));
            if (delivery.Value.IsAssumed && message is { Message.Door: Doors.Milter, Judged: { } decided })
            {
                facts.AddRange(AssumedDelivery.Of(decided with { Id = message.SeenAs ?? message.Id }, time.GetUtcNow()));
            }
        }

        var sequence = await log.AppendAsync(facts, CancellationToken.None);
        await source.AppendedAsync(facts, sequence, CancellationToken.None);
        foreach (var message in batch)
        {
            message.Finish();
        }
    }

    /// <summary>The sample's past is told as if Weir had been there.</summary>
    private DateTimeOffset JudgedAt(Waiting message) => message.Message is { Door: Doors.Sample, ReceivedAt: { } at } ? at : time.GetUtcNow();

    /// <summary>A judged message that waits for its commit.</summary>
    private sealed record Waiting(IncomingMessage Message, Fingerprints Fingerprints, JudgedMessage? Judged)
    {
        public required NetworkMessageId Id { get; set; }
        public NetworkMessageId? SeenAs { get; set; }
        public bool DecidesAnew { get; set; }
        public AcceptedMessage? Accepted { get; private set; }
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Equals(Waiting? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => Id.GetHashCode();

        public void Finish()
        {
            Id = SeenAs ?? Id;
            Accepted = Judged is { } judged ? new AcceptedMessage(Id, judged with { Id = Id }, SeenAs is not null) : null;
            Done.TrySetResult();
        }

        public MessageReceived Received(string blobId) => new()
        {
            At = Fingerprints.ReceivedAt,
            Id = Id,
            Door = Message.Door,
            Envelope = Recorded(Message.Envelope),
            BlobId = blobId,
            Size = Message.Raw.Length,
            Sha256 = Fingerprints.Sha256,
            BodySha256 = Fingerprints.BodySha256,
            InternetMessageId = Fingerprints.MessageId,
            ImportedFrom = Message.ImportedFrom,
        };

        public MessageSeen Seen(NetworkMessageId first, DateTimeOffset now) => new()
        {
            At = Message.ReceivedAt ?? now,
            Id = first,
            Door = Message.Door,
            QueueId = Message.Envelope.QueueId,
            Recipients = Message.AreRecipientsGuessed ? [] : Message.Envelope.Recipients,
            Sha256 = Fingerprints.Sha256,
        };

        public IEnumerable<DeliveryObserved> Places(NetworkMessageId id) => Message.Places.Select(place => new DeliveryObserved
        {
            At = Fingerprints.ReceivedAt,
            Id = id,
            Recipient = place.Recipient,
            Location = place.Location,
            Folder = place.Folder,
            Source = place.Source,
        });

        private static RecordedEnvelope Recorded(Envelope envelope) => new()
        {
            MailFrom = envelope.MailFrom,
            Recipients = envelope.Recipients,
            ClientIp = envelope.ClientIp,
            ClientName = envelope.ClientName,
            Helo = envelope.Helo,
            QueueId = envelope.QueueId,
            AuthenticatedUser = envelope.AuthenticatedUser,
        };
    }
}
