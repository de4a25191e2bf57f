using Weir.Detection.Contracts;
using Weir.Directory.Contracts;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Mail.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Gateway.Intake;

/// <summary>Judges mail that is in the record, from its bytes and its envelope as they were kept.</summary>
internal sealed class StoredMail(IMessageJudge judge, IBlobs blobs, IDirectory directory, TrustedRelays relays, TimeProvider time) : IJudgeStoredMail
{
    /// <summary>The first judgement of a message that was received and not judged; nothing when the bytes were erased.</summary>
    public async ValueTask<MessageJudged?> JudgeAsync(MessageReceived received, CancellationToken cancellationToken) =>
        await JudgedAsync(received.Id, received.At, received.BlobId, received.Envelope, earlier: null, cancellationToken) is { } judged ? FactOf(judged, received.At) : null;

    /// <summary>The judgement of now, with what policies let be done after delivery; nothing when the bytes were erased.</summary>
    /// <param name="earlier">What was found on arrival.</param>
    public async ValueTask<MessageJudged?> JudgeAgainAsync(
        NetworkMessageId id, DateTimeOffset receivedAt, string blobId, RecordedEnvelope kept, FoundOnArrival earlier, CancellationToken cancellationToken)
    {
        if (await JudgedAsync(id, receivedAt, blobId, kept, earlier, cancellationToken) is not { } judged)
        {
            return null;
        }

        PolicyOutcome[] outcomes = [.. judged.Outcomes.Select(outcome => outcome is { IsZapOn: false, Decision: not DeliveryDecision.Deliver } ? outcome with { Decision = DeliveryDecision.Deliver, Held = PolicyNames.ZapOff } : outcome)];
        return FactOf(outcomes.Length == 0 ? judged : judged with { Outcomes = outcomes, Decisions = [.. outcomes.Select(outcome => outcome.Decision)] }, receivedAt) with { History = null };
    }

    async ValueTask<JudgedMessage?> IJudgeStoredMail.JudgeAsync(
        NetworkMessageId id, DateTimeOffset receivedAt, string blobId, RecordedEnvelope envelope, string authentication, string history, CancellationToken cancellationToken) =>
        await JudgedAsync(id, receivedAt, blobId, envelope, new FoundOnArrival(authentication, history), cancellationToken);

    private MessageJudged FactOf(JudgedMessage judged, DateTimeOffset receivedAt) =>
        JudgedFacts.Of(judged, receivedAt, time.GetUtcNow(), directory.Current, relays.ClientOf(judged.Message.Received, judged.Envelope).Ip);

    private async ValueTask<JudgedMessage?> JudgedAsync(
        NetworkMessageId id, DateTimeOffset receivedAt, string blobId, RecordedEnvelope kept, FoundOnArrival? earlier, CancellationToken cancellationToken)
    {
        if (await blobs.ReadAsync(new BlobId(blobId), cancellationToken) is not { } raw)
        {
            return null;
        }

        var envelope = new Envelope
        {
            MailFrom = kept.MailFrom,
            Recipients = kept.Recipients,
            ClientIp = kept.ClientIp,
            ClientName = kept.ClientName,
            Helo = kept.Helo,
            QueueId = kept.QueueId,
            AuthenticatedUser = kept.AuthenticatedUser,
        };
        var authentication = AuthenticationWords.Read(earlier?.Authentication ?? "");
        var message = new MessageToJudge
        {
            Id = id,
            Raw = raw,
            Envelope = envelope,
            ReceivedAt = receivedAt,
            RecordedAuthentication = authentication is { IsRecorded: true } ? authentication : null,
            EarlierAuthentication = authentication,
            IsAgain = earlier is not null,
            EarlierHistory = earlier?.History ?? "",
            WithLaterKnowledge = earlier is { WithLaterKnowledge: true },
        };
        return await judge.JudgeAsync(message, cancellationToken);
    }
}
