using Weir.Detection.Contracts;
using Weir.Directory.Contracts;
using Weir.Events.Contracts;
using Weir.Mail.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Gateway.Intake;

/// <summary>Judges mail that is in the record, from its bytes and its envelope as they were kept.</summary>
internal sealed class StoredMail(IMessageJudge judge, IBlobs blobs, IDirectory directory, TrustedRelays relays, TimeProvider time)
{
    /// <summary>The judgement of now; nothing when the bytes were erased.</summary>
    public async ValueTask<MessageJudged?> JudgeAsync(MessageReceived received, CancellationToken cancellationToken)
    {
        if (await blobs.ReadAsync(new BlobId(received.BlobId), cancellationToken) is not { } raw)
        {
            return null;
        }

        var envelope = new Envelope
        {
            MailFrom = received.Envelope.MailFrom,
            Recipients = received.Envelope.Recipients,
            ClientIp = received.Envelope.ClientIp,
            ClientName = received.Envelope.ClientName,
            Helo = received.Envelope.Helo,
            QueueId = received.Envelope.QueueId,
            AuthenticatedUser = received.Envelope.AuthenticatedUser,
        };
        var judged = await judge.JudgeAsync(new MessageToJudge { Id = received.Id, Raw = raw, Envelope = envelope, ReceivedAt = received.At }, cancellationToken);
        return JudgedFacts.Of(judged, received.At, time.GetUtcNow(), directory.Current, relays.ClientOf(judged.Message.Received, judged.Envelope).Ip);
    }
}
