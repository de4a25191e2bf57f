using Weir.Detection.Contracts;

namespace Weir.Response.Contracts;

/// <summary>The spelling of quarantine on pages, exports and the command line (inventory §13).</summary>
public static class QuarantineWords
{
    public const string Malware = "Malware";
    public const string HighConfidencePhishing = "High confidence phishing";
    public const string Phishing = "Phishing";
    public const string Spam = "Spam";
    public const string Bulk = "Bulk";
    public const string FileTypeBlock = "File type block";
    public const string NotInspected = "Not inspected";
    public const string ByHand = "Moved by a person";

    /// <summary>Why the sender's address alone was enough.</summary>
    public const string BlockedSender = "Blocked by the organisation";

    public static IReadOnlyList<string> Reasons { get; } = [Malware, HighConfidencePhishing, Phishing, Spam, Bulk, FileTypeBlock, NotInspected, ByHand];

    public static IReadOnlyList<string> PolicyTypes { get; } = [.. PolicyNames.Types.Select(PolicyNames.Of)];

    public static string Of(ReleaseStatus status) => status switch
    {
        ReleaseStatus.NeedsReview => "Needs review",
        ReleaseStatus.Requested => "Release requested",
        _ => status.ToString(),
    };

    /// <summary>The reason that goes with a verdict alone.</summary>
    public static string ReasonOf(string verdict) =>
        verdict == Names.Of(Verdict.Malware) ? Malware
        : verdict == Names.Of(Verdict.HighConfidencePhish) ? HighConfidencePhishing
        : verdict == Names.Of(Verdict.Phish) ? Phishing
        : verdict == Names.Of(Verdict.Bulk) ? Bulk
        : Spam;

    /// <summary>Too dangerous for a recipient to release; asking is allowed.</summary>
    public static bool IsDangerous(string reason) => reason is Malware or HighConfidencePhishing;
}
