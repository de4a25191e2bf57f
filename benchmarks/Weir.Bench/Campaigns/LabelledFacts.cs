using System.Text.Json;
using Weir.Bench.Detection;
using Weir.Detection.Contracts;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Mail.Contracts;

namespace Weir.Bench.Campaigns;

/// <summary>A labelled message as the facts that intake would have left, with the verdict that its label says.</summary>
internal static class LabelledFacts
{
    public static (Labelled Mail, MessageReceived Received, MessageJudged Judged) Of(Labelled mail, JudgedMessage judged, DateTimeOffset at)
    {
        var id = NetworkMessageId.New(at);
        var envelope = judged.Envelope;
        var received = new MessageReceived
        {
            At = at,
            Id = id,
            Door = "import",
            BlobId = "",
            Envelope = new RecordedEnvelope { MailFrom = envelope.MailFrom, Recipients = [.. envelope.Recipients], ClientIp = envelope.ClientIp, Helo = envelope.Helo },
        };
        var message = judged.Message;
        return (mail, received, new MessageJudged
        {
            At = at,
            Id = id,
            ReceivedAt = at,
            Verdict = Names.Of(mail.Label switch { MailLabel.Phish => Verdict.Phish, MailLabel.Spam => Verdict.Spam, _ => Verdict.Clean }),
            EmailDirection = Names.Of(Direction.Inbound),
            EmailClusterId = message.ClusterId,
            Subject = message.Subject,
            SenderFromAddress = message.Author?.Address ?? "",
            SenderMailFromAddress = envelope.MailFrom,
            SenderIp = envelope.ClientIp,
            ReplyTo = string.Join(", ", message.ReplyTo.Select(address => address.Address)),
            AuthenticationDetails = JsonSerializer.Serialize(new { SPF = Word(judged.Authentication.Spf), DKIM = Word(judged.Authentication.Dkim), DMARC = Word(judged.Authentication.Dmarc) }),
            Recipients = [.. envelope.Recipients.Select(address => new RecordedRecipient { Address = address, Decision = nameof(DeliveryDecision.Deliver) })],
            Attachments = [.. message.Attachments.Select(part => new RecordedAttachment { FileName = part.FileName, ContentType = part.ContentType, Size = part.Size, Sha256 = part.Sha256 })],
            Urls = [.. message.Urls.Where(url => url.Source != UrlSource.EmailHeader).Select(url => new RecordedUrl { Url = url.Url, Domain = url.Domain, Location = "Body" })],
            Signals = [.. judged.Judgement.Signals.Select(signal => new RecordedSignal { Name = signal.Name, Technology = Names.Of(signal.Technology), Evidence = signal.Evidence, Impersonates = signal.Impersonates })],
        });
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
