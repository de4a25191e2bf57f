using Weir.Mail.Contracts;

namespace Weir.Mail.Authentication.Dmarc;

/// <summary>A DMARC policy record (RFC 9989 §4.7). What RFC 9989 made historic (pct, rf, ri) is not read.</summary>
internal sealed record DmarcRecord
{
    public DmarcPolicy Policy { get; init; }
    public DmarcPolicy SubdomainPolicy { get; init; }

    /// <summary>For subdomains that do not exist.</summary>
    public DmarcPolicy MissingPolicy { get; init; }

    public bool IsDkimStrict { get; init; }
    public bool IsSpfStrict { get; init; }
    public PublicSuffixFlag PublicSuffix { get; init; }

    /// <summary>t=y: the owner asks for one step less than the policy says.</summary>
    public bool IsTesting { get; init; }

    /// <summary>A TXT record that is meant for DMARC: its first tag is <c>v=DMARC1</c>, the value in exactly this case.</summary>
    public static bool IsDmarc(string text)
    {
        var first = text.Split(';', 2)[0];
        var equals = first.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            && first[..equals].Trim(' ', '\t').Equals("v", StringComparison.OrdinalIgnoreCase)
            && first[(equals + 1)..].Trim(' ', '\t') == "DMARC1";
    }

    /// <summary>The record; nothing when it states no policy and asks for no reports (§4.10.1: then it is no DMARC at all).</summary>
    public static DmarcRecord? Parse(string text)
    {
        if (!IsDmarc(text))
        {
            return null;
        }

        var tags = TagList.ParseTolerant(text);
        var policy = ReadPolicy(tags["p"]);
        var subdomain = ReadPolicy(tags["sp"]);
        var missing = ReadPolicy(tags["np"]);
        var isBad = policy is null || IsBad(tags["sp"], subdomain) || IsBad(tags["np"], missing);
        var hasReports = (tags["rua"] ?? "").Split(',').Any(uri => uri.Trim(' ', '\t').StartsWith("mailto:", StringComparison.OrdinalIgnoreCase));
        // A public suffix may publish psd=y alone only with a policy; the rule is the same.
        if (isBad && !hasReports)
        {
            return null;
        }

        var own = isBad ? DmarcPolicy.None : policy ?? DmarcPolicy.None;
        var below = isBad ? DmarcPolicy.None : subdomain ?? own;
        return new DmarcRecord
        {
            Policy = own,
            SubdomainPolicy = below,
            MissingPolicy = isBad ? DmarcPolicy.None : missing ?? below,
            IsDkimStrict = Is(tags["adkim"], "s"),
            IsSpfStrict = Is(tags["aspf"], "s"),
            PublicSuffix = Is(tags["psd"], "y") ? PublicSuffixFlag.Yes : Is(tags["psd"], "n") ? PublicSuffixFlag.No : PublicSuffixFlag.Unknown,
            IsTesting = Is(tags["t"], "y"),
        };
    }

    private static bool IsBad(string? text, DmarcPolicy? policy) => text is not null && policy is null;

    private static bool Is(string? text, string value) => value.Equals(text, StringComparison.OrdinalIgnoreCase);

    private static DmarcPolicy? ReadPolicy(string? text) => text?.ToLowerInvariant() switch
    {
        "none" => DmarcPolicy.None,
        "quarantine" => DmarcPolicy.Quarantine,
        "reject" => DmarcPolicy.Reject,
        _ => null,
    };
}

/// <summary>Whether a name is a public suffix by its own word (RFC 9989 §4.7, tag psd).</summary>
internal enum PublicSuffixFlag { Unknown, Yes, No }
