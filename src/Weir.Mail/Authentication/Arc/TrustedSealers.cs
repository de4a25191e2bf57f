using Weir.Mail.Authentication.Dkim;
using Weir.Mail.Contracts;

namespace Weir.Mail.Authentication.Arc;

/// <summary>The forwarders whose word about a message the administrator takes (RFC 8617 §7.2).</summary>
/// <param name="domains">Domains as they seal (d=); <c>.example.org</c> = all below.</param>
internal sealed class TrustedSealers(IEnumerable<string> domains)
{
    private readonly List<string> _domains = [.. domains.Select(domain => domain.Trim().TrimEnd('.').ToLowerInvariant()).Where(domain => domain.Length > 0)];

    public static TrustedSealers None { get; } = new([]);

    /// <summary>
    /// The trusted forwarder that saw DMARC pass for the author, when the chain proves that; else empty. Only sets above which every other
    /// sealer is trusted too count: whoever comes later could have written anything into the message and sealed it.
    /// </summary>
    /// <param name="author">The author's domain.</param>
    public string VoucherFor(ArcChain chain, RawMail mail, string author)
    {
        // A second From field beside the sealed one would speak in the name of the first.
        if (chain.Result != ArcResult.Pass || author.Length == 0 || !chain.Sets[^1].IsAuthorSigned
            || mail.Fields.Count(field => field.Name.TrimEnd(' ', '\t').Equals("From", StringComparison.OrdinalIgnoreCase)) != 1)
        {
            return "";
        }

        return chain.Sets.Reverse().TakeWhile(set => IsTrusted(set.Domain)).FirstOrDefault(set => SawPass(set, author))?.Domain ?? "";
    }

    private bool IsTrusted(string domain) =>
        _domains.Exists(known => known.StartsWith('.') ? domain.EndsWith(known, StringComparison.Ordinal) : domain == known);

    private static bool SawPass(ArcSet set, string author)
    {
        var results = ReportedResult.Read(set.ReportedResults).Where(result => result.Method == "dmarc").ToList();
        // What was cut could go on with another author.
        return results.Count > 0 && set.ReportedResults.Length < ArcVerifier.MostReported && results.TrueForAll(result => result.Result == "pass"
            && (!result.Properties.TryGetValue("header.from", out var from) || from[(from.LastIndexOf('@') + 1)..].TrimEnd('.').Equals(author, StringComparison.OrdinalIgnoreCase)));
    }
}
