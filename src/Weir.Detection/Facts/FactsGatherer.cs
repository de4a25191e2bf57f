using System.Net;
using Microsoft.Extensions.Options;
using Weir.Detection.Contracts;
using Weir.Detection.Facts.Antimalware;
using Weir.Detection.Facts.History;
using Weir.Detection.Facts.Html;
using Weir.Detection.Facts.Knowledge;
using Weir.Detection.Facts.Text;
using Weir.Detection.Policies;
using Weir.Directory.Contracts;
using Weir.Intelligence.Contracts;
using Weir.Mail.Contracts;

namespace Weir.Detection.Facts;

/// <summary>Looks everything up that detectors may ask: parses, authenticates, scans, reads the lists and the history.</summary>
internal sealed class FactsGatherer(
    IMailAuthenticator authenticator,
    IAntimalware antimalware,
    IInspectAttachments attachments,
    IDirectory directory,
    PoliciesInForce policies,
    IAllowBlockList list,
    ISendingHistory history,
    IKnowledge knowledge,
    IOptions<DetectionOptions> options)
{
    private static readonly ParseLimits Limits = ParseLimits.Default with { LeavesArchives = true };

    private readonly IReadOnlyList<IPNetwork> _trusted = [.. options.Value.TrustedClients.Select(Network)];

    public async ValueTask<MessageFacts> GatherAsync(MessageToJudge message, CancellationToken cancellationToken)
    {
        var read = MailParser.Parse(message.Raw, Limits);
        var scan = antimalware.ScanAsync(message.Raw, cancellationToken);
        var inspected = await attachments.InspectAsync(read, cancellationToken);
        var parsed = inspected.ApplyTo(read, Limits.Urls);
        var html = HtmlFacts.Of(parsed.HtmlBody);
        var text = TextFacts.Of(parsed.Subject, parsed.VisibleText);
        var targets = UrlFacts.Targets(parsed, html);
        // Questions to lists run beside those of the authentication.
        var known = knowledge.AskAsync(message, parsed, targets, text.Words.Count, cancellationToken).AsTask();
        var authentication = message.RecordedAuthentication ?? message.EarlierAuthentication
            ?? await authenticator.AuthenticateAsync(message.Raw, parsed, message.Envelope, cancellationToken);
        var organisation = directory.Current;
        var direction = DirectionOf.Message(parsed, message.Envelope, authentication, organisation, _trusted);
        return new MessageFacts
        {
            Message = parsed,
            Envelope = message.Envelope,
            Authentication = authentication,
            Direction = direction,
            ReceivedAt = message.ReceivedAt,
            Organisation = policies.Organisation,
            TrustedSenders = policies.TrustedSenders,
            Entries = list.Find(Traits(parsed, message.Envelope), message.ReceivedAt),
            ListVersion = list.ContentAt(message.ReceivedAt),
            CanAuthenticate = message.RecordedAuthentication is not null || message.Envelope.ClientIp.Length > 0,
            Text = text,
            Html = html,
            Files = inspected.Files,
            FileTargets = UrlFacts.InFiles(parsed),
            Targets = targets,
            Known = await known,
            History = FoundHistory.Read(message.EarlierHistory)?.Sender
                ?? history.Before(new SendingQuestion(parsed.Author?.Address ?? "", parsed.Author?.DisplayName ?? "", message.Envelope.Recipients, direction != Direction.Inbound, message.ReceivedAt, message.IsAgain)),
            Antimalware = await scan,
        };
    }

    private static MailTraits Traits(ParsedMessage parsed, Envelope envelope) => new()
    {
        Author = parsed.Author?.Address ?? "",
        MailFrom = envelope.MailFrom.Length > 0 ? envelope.MailFrom : parsed.ReturnPath,
        ClientIp = envelope.ClientIp,
        ClientName = envelope.ClientName,
        Urls = [.. parsed.Urls.SelectMany(url => url.Written == url.Url ? [(url.Url, url.Domain)] : new[] { (url.Url, url.Domain), (url.Written, "") })],
        Hashes = [.. parsed.Parts.SelectMany(part => part.Members.Select(member => member.Sha256).Prepend(part.Sha256)).Where(hash => hash.Length > 0)],
    };

    private static IPNetwork Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new InvalidOperationException($"detection:trustedClients: \"{text}\" is neither an address nor a network such as 192.0.2.0/24.");
}
