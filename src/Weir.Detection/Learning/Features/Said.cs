using System.Collections.Frozen;
using Weir.Detection.Contracts;
using Weir.Detection.Facts;

namespace Weir.Detection.Learning.Features;

/// <summary>What the rules say: learning corrects their weights, but never turns a sign of danger into a good one.</summary>
internal sealed class Said : IFeatures
{
    public const string Kind = "said:";

    /// <summary>What a collection of stored mail cannot show, because its headers, senders and networks are not those of the day.</summary>
    private static readonly FrozenSet<DetectionTechnology> NotLearnt = new[]
    {
        DetectionTechnology.Bulk, DetectionTechnology.SpoofDmarc, DetectionTechnology.SpoofExternalDomain, DetectionTechnology.SpoofIntraOrg,
        DetectionTechnology.IpReputation, DetectionTechnology.DomainReputation, DetectionTechnology.FingerprintMatching, DetectionTechnology.Campaign,
        DetectionTechnology.MailBombing, DetectionTechnology.MailboxIntelligenceImpersonation, DetectionTechnology.UrlMaliciousReputation,
        DetectionTechnology.AntimalwareProtection, DetectionTechnology.GeneralFilter,
    }.ToFrozenSet();

    private static readonly FrozenSet<string> NotLearntNames = new[]
    {
        "date-far-off", "date-missing", "message-id-missing", "message-id-impossible", "recipients-undisclosed", "spf-fail", "spf-soft-fail",
        "free-mail-sent-elsewhere", "links-lead-home", "links-to-author", "proven-brand", "proven-partner", "known-correspondent", "from-our-own",
        "first-contact", "first-contact-domain", "first-contact-known-name", "sends-to-many", "url-names-recipient", "subject-names-recipient",
        "sender-name-is-recipient", "sender-name-is-our-domain", "greets-by-address",
    }.ToFrozenSet(StringComparer.Ordinal);

    public IEnumerable<Feature> Of(MessageFacts message, IReadOnlyList<Signal> signals) =>
        signals
            .Where(signal => signal.Weight != 0 && signal is { IsConclusive: false, Override: OverrideKind.None } && !NotLearnt.Contains(signal.Technology) && !NotLearntNames.Contains(signal.Name))
            .Select(signal => new Feature(Kind + signal.Name, 1));
}
