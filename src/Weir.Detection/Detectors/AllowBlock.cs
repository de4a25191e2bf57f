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
            EntryKind.Spoof => ("spoof", message.IsOurs(message.AuthorDomain) ? DetectionTechnology.SpoofIntraOrg : DetectionTechnology.SpoofExternalDomain),
            _ => ("ip", DetectionTechnology.IpReputation),
        };
        Sighting[] places =
        [
            .. entry.Kind switch
            {
                EntryKind.Sender => Sender(message, entry.CoversAddress(message.Message.Author?.Address), entry.CoversAddress(message.Envelope.MailFrom)),
                EntryKind.SenderDomain => Sender(message, entry.CoversDomain(message.AuthorDomain), !entry.IsAllow && entry.CoversDomain(message.EnvelopeDomain)),
                EntryKind.IpAddress => [In.ClientIp],
                EntryKind.Spoof => [In.Author(message), In.ClientIp],
                _ => [],
            },
            In.Knowledge("allow/block list"),
        ];
        var note = entry.Note.Length > 0 ? $" ({entry.Note})" : "";
        if (!entry.IsAllow)
        {
            var evidence = $"The organisation blocks {what}{note}.";
            var signal = entry.Kind == EntryKind.FileHash ? Say.Malware($"blocked-{name}", evidence, technology, entity) : Say.Phish($"blocked-{name}", evidence, technology, entity);
            return signal.At(places) with { IsConclusive = true, Override = OverrideKind.OrganizationBlock, ListEntry = entry.Id };
        }

        if (entry.Kind is EntryKind.Sender or EntryKind.SenderDomain && IsForged(message) && !IsSpoofAllowed(message))
        {
            return Say.Any("allow-not-applied", $"The organisation allows {what}{note}, but this message does not prove to come from there.", technology).At(places).At(In.Proof);
        }

        if (entry.Kind == EntryKind.FileHash && message.Message.Parts.First(part => part.Sha256 == entity) is { Members.Count: > 1 } archive && archive.Sha256 != entry.Value)
        {
            // What is said of an archive is said of all that lies in it: one good file must not speak for those beside it.
            return Say.Any("allow-not-applied", $"The organisation allows {what}{note}, but other files lie beside it.", technology, entity).At(places);
        }

        return Say.Any($"allowed-{name}", $"The organisation allows {what}{note}.", technology, entity).At(places) with { Override = OverrideKind.OrganizationAllow, ListEntry = entry.Id };
    }

    private static bool IsForged(MessageFacts message) =>
        message.CanAuthenticate && message.Authentication is { TrustedSealer.Length: 0 } result && (result.Dmarc == DmarcResult.Fail || result.Composite == CompositeResult.Fail);

    private static bool IsSpoofAllowed(MessageFacts message) => message.Entries.Any(entry => entry.IsAllow && CoversSpoof(entry, message));

    /// <summary>A pair speaks only of mail that does not prove to come from its author.</summary>
    private static bool CoversSpoof(AllowBlockEntry entry, MessageFacts message) =>
        !message.IsAuthorProven && entry.CoversSpoof(message.Message.Author?.Address ?? "", message.Envelope.ClientIp, message.Envelope.ClientName);

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
                if (entry.CoversAddress(message.Message.Author?.Address) || entry.CoversAddress(message.Envelope.MailFrom))
                {
                    yield return ($"the sender {entry.Value}", null);
                }

                break;
            case EntryKind.SenderDomain:
                // A blocked domain is refused in either place; an allowed one must be the visible author's.
                if (entry.CoversDomain(message.AuthorDomain) || (!entry.IsAllow && entry.CoversDomain(message.EnvelopeDomain)))
                {
                    yield return ($"the sender domain {entry.Value}", null);
                }

                break;
            case EntryKind.UrlDomain:
                foreach (var url in message.Message.Urls.Where(url => entry.CoversDomain(url.Domain)))
                {
                    yield return ($"links to {entry.Value}", url.Url);
                }

                break;
            case EntryKind.Url:
                foreach (var url in message.Message.Urls.Where(url => entry.CoversUrl(url.Url) || entry.CoversUrl(url.Written)))
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
            case EntryKind.Spoof:
                if (CoversSpoof(entry, message))
                {
                    yield return (entry.IsAllow ? $"this sender to write as others ({entry.Value})" : $"the spoofed sender {entry.Value}", null);
                }

                break;
            default:
                if (entry.CoversIp(message.Envelope.ClientIp))
                {
                    yield return ($"the client address {entry.Value}", null);
                }

                break;
        }
    }
}
