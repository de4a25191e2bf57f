using System.Net;
using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;
using Weir.Intelligence.Contracts;
using Weir.Mail.Contracts;

namespace Weir.Detection.Detectors;

/// <summary>Entries of the organisation's allow/block list that concern this message. An allowed sender counts only when the domain is not forged.</summary>
internal sealed class AllowBlock : IDetector
{
    public string Id => "allow-block-list";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        foreach (var entry in message.Entries)
        {
            foreach (var (what, entity) in Matches(entry, message))
            {
                yield return Signal(entry, what, entity, message);
            }
        }
    }

    private static Signal Signal(AllowBlockEntry entry, string what, string? entity, MessageFacts message)
    {
        var (name, technology) = entry.Kind switch
        {
            EntryKind.Sender => ("sender", DetectionTechnology.GeneralFilter),
            EntryKind.SenderDomain => ("domain", DetectionTechnology.DomainReputation),
            EntryKind.Url or EntryKind.UrlDomain => ("url", DetectionTechnology.UrlMaliciousReputation),
            EntryKind.FileHash => ("file", DetectionTechnology.FileReputation),
            _ => ("ip", DetectionTechnology.IpReputation),
        };
        Sighting[] places =
        [
            .. entry.Kind switch
            {
                EntryKind.Sender => Sender(message, IsAddress(message.Message.Author?.Address, entry.Value), IsAddress(message.Envelope.MailFrom, entry.Value)),
                EntryKind.SenderDomain => Sender(message, Domains.IsWithin(message.AuthorDomain, entry.Value), !entry.IsAllow && Domains.IsWithin(message.EnvelopeDomain, entry.Value)),
                EntryKind.IpAddress => [In.ClientIp],
                _ => [],
            },
            In.Knowledge("allow/block list"),
        ];
        var note = entry.Note.Length > 0 ? $" ({entry.Note})" : "";
        if (!entry.IsAllow)
        {
            var evidence = $"The organisation blocks {what}{note}.";
            var signal = entry.Kind == EntryKind.FileHash ? Say.Malware($"blocked-{name}", evidence, technology, entity) : Say.Phish($"blocked-{name}", evidence, technology, entity);
            return signal.At(places) with { IsConclusive = true, Override = OverrideKind.OrganizationBlock };
        }

        if (entry.Kind is EntryKind.Sender or EntryKind.SenderDomain && message.CanAuthenticate
            && message.Authentication is { TrustedSealer.Length: 0 } result && (result.Dmarc == DmarcResult.Fail || result.Composite == CompositeResult.Fail))
        {
            return Say.Any("allow-not-applied", $"The organisation allows {what}{note}, but this message does not prove to come from there.", technology).At(places).At(In.Proof);
        }

        return Say.Any($"allowed-{name}", $"The organisation allows {what}{note}.", technology, entity).At(places) with { Override = OverrideKind.OrganizationAllow };
    }

    private static IEnumerable<Sighting> Sender(MessageFacts message, bool isAuthor, bool isEnvelope)
    {
        if (isAuthor)
        {
            yield return In.Author(message);
        }

        if (isEnvelope)
        {
            yield return In.MailFrom(message);
        }
    }

    private static IEnumerable<(string What, string? Entity)> Matches(AllowBlockEntry entry, MessageFacts message)
    {
        switch (entry.Kind)
        {
            case EntryKind.Sender:
                if (IsAddress(message.Message.Author?.Address, entry.Value) || IsAddress(message.Envelope.MailFrom, entry.Value))
                {
                    yield return ($"the sender {entry.Value}", null);
                }

                break;
            case EntryKind.SenderDomain:
                // A blocked domain is refused in either place; an allowed one must be the visible author's.
                if (Domains.IsWithin(message.AuthorDomain, entry.Value) || (!entry.IsAllow && Domains.IsWithin(message.EnvelopeDomain, entry.Value)))
                {
                    yield return ($"the sender domain {entry.Value}", null);
                }

                break;
            case EntryKind.UrlDomain:
                foreach (var url in message.Message.Urls.Where(url => Domains.IsWithin(url.Domain, entry.Value)))
                {
                    yield return ($"links to {entry.Value}", url.Url);
                }

                break;
            case EntryKind.Url:
                foreach (var url in message.Message.Urls.Where(url => IsUrl(url.Url, entry.Value) || IsUrl(url.Written, entry.Value)))
                {
                    yield return ($"the URL {UrlFacts.Defang(entry.Value)}", url.Url);
                }

                break;
            case EntryKind.FileHash:
                foreach (var part in message.Message.Parts.Where(part => part.Sha256 == entry.Value || part.Members.Any(member => member.Sha256 == entry.Value)))
                {
                    yield return ($"the file {part.FileName} ({entry.Value})", part.Sha256);
                }

                break;
            case EntryKind.IpAddress:
                if (IPAddress.TryParse(message.Envelope.ClientIp, out var client) && Contains(entry.Value, client))
                {
                    yield return ($"the client address {entry.Value}", null);
                }

                break;
        }
    }

    private static bool IsAddress(string? address, string value) => address is not null && address.Equals(value, StringComparison.OrdinalIgnoreCase);

    /// <summary>The URL itself or anything below its path.</summary>
    private static bool IsUrl(string url, string value)
    {
        var prefix = value.TrimEnd('/', '*');
        return url.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && (url.Length == prefix.Length || url[prefix.Length] is '/' or '?' or '#');
    }

    private static bool Contains(string value, IPAddress client) =>
        IPNetwork.TryParse(value, out var network) ? network.Contains(client) : IPAddress.TryParse(value, out var address) && address.Equals(client);
}
