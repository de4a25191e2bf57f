using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Events.Contracts;
using Weir.Mail.Contracts;

namespace Weir.Detection.Policies;

/// <summary>Reads what policies look at, from a judgement of now or from the record.</summary>
internal static class SubjectOf
{
    private const string Unread = "attachment-not-inspected";
    private const string Encrypted = "attachment-encrypted";

    private static readonly Dictionary<string, Verdict> Verdicts = Enum.GetValues<Verdict>().ToDictionary(Names.Of, StringComparer.Ordinal);
    private static readonly Dictionary<string, DetectionTechnology> Technologies = Enum.GetValues<DetectionTechnology>().ToDictionary(Names.Of, StringComparer.Ordinal);

    public static PolicySubject Judged(Judgement judgement, MessageFacts facts) => new()
    {
        Verdict = judgement.Verdict,
        IsSure = judgement.Confidence == "High",
        BulkComplaintLevel = judgement.BulkComplaintLevel,
        Technology = judgement.Threats.Count == 0 ? null : Strongest(judgement.Signals.Where(signal => signal.Threat == judgement.Threats[0]), signal => signal.Weight, signal => signal.IsConclusive)?.Technology,
        IsAllowed = judgement.Signals.Any(signal => signal is { Override: OverrideKind.OrganizationAllow, Entity: null, Name: not "allowed-spoof" }),
        FileExtensions = [.. facts.Message.Parts.SelectMany(Extensions).Where(extension => extension.Length > 0).Distinct(StringComparer.Ordinal)],
        HasUnreadFile = judgement.Signals.Any(signal => signal.Name.StartsWith(Unread, StringComparison.Ordinal)),
        HasEncryptedFile = judgement.Signals.Any(signal => signal.Name.StartsWith(Encrypted, StringComparison.Ordinal)),
        Language = facts.Message.Language,
        SendingDomains = [facts.EnvelopeDomain, .. facts.Authentication.Signatures.Where(signature => signature.Result == DkimResult.Pass).Select(signature => signature.Domain)],
        ClientIp = facts.Known.ClientIp.Length > 0 ? facts.Known.ClientIp : facts.Envelope.ClientIp,
        Urls = [.. facts.Message.Urls.Select(url => url.Url)],
    };

    public static PolicySubject Recorded(MessageJudged judged)
    {
        var threat = judged.ThreatTypes.Split(',')[0].Trim();
        var strongest = threat.Length == 0 ? null : Strongest(judged.Signals.Where(signal => signal.Threat == threat), signal => signal.Weight, signal => signal.IsConclusive);
        return new PolicySubject
        {
            Verdict = VerdictOf(judged.Verdict),
            IsSure = judged.Confidence == "High",
            BulkComplaintLevel = judged.BulkComplaintLevel,
            Technology = strongest is null ? null : TechnologyOf(strongest.Technology),
            IsAllowed = judged.Signals.Any(signal => signal is { Override: nameof(OverrideKind.OrganizationAllow), Entity: null, Name: not "allowed-spoof" }),
            FileExtensions = [.. judged.Attachments.SelectMany(file => file.Members.Select(ExtensionOf).Prepend(file.Extension.TrimStart('.'))).Where(extension => extension.Length > 0).Distinct(StringComparer.Ordinal)],
            HasUnreadFile = judged.Signals.Any(signal => signal.Name.StartsWith(Unread, StringComparison.Ordinal)),
            HasEncryptedFile = judged.Signals.Any(signal => signal.Name.StartsWith(Encrypted, StringComparison.Ordinal)),
            Language = judged.EmailLanguage,
            SendingDomains = [Domains.OfAddress(judged.SenderMailFromAddress)],
            ClientIp = judged.SenderIp,
            Urls = [.. judged.Urls.Select(url => url.Url)],
        };
    }

    /// <summary>A verdict as the record spells it; Clean for what is none.</summary>
    public static Verdict VerdictOf(string name) => Verdicts.GetValueOrDefault(name, Verdict.Clean);

    /// <summary>A technology as the record spells it.</summary>
    public static DetectionTechnology? TechnologyOf(string name) => Technologies.TryGetValue(name, out var technology) ? technology : null;

    public static string ExtensionOf(string path) =>
        path.LastIndexOf('.') is >= 0 and var dot && dot < path.Length - 1 ? path[(dot + 1)..].Trim().ToLowerInvariant() : "";

    private static IEnumerable<string> Extensions(MailPart part) => part.IsAttachment ? part.Members.Select(member => member.Extension).Prepend(part.Extension) : [];

    private static T? Strongest<T>(IEnumerable<T> signals, Func<T, double> weight, Func<T, bool> decides)
        where T : class =>
        signals.Where(signal => weight(signal) > 0 || decides(signal)).OrderByDescending(decides).ThenByDescending(weight).FirstOrDefault();
}
