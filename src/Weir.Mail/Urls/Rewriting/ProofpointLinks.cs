using System.Text;
using Weir.Mail.Contracts;

namespace Weir.Mail.Urls.Rewriting;

/// <summary>The three forms of Proofpoint's URL Defense.</summary>
internal static class ProofpointLinks
{
    /// <summary>Lengths of runs, from 2 on, are told by one of these letters.</summary>
    private const string RunLengths = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private const int ShortestRun = 2;

    public static string? Target(WebUrl url) =>
        url.Path.StartsWith("/v3/", StringComparison.Ordinal) ? Third(url.Href)
        : TargetText.Parameter(url, "u") is not { } written ? null
        : url.Path.StartsWith("/v1/", StringComparison.Ordinal) ? written

        // The second form writes - for % and _ for /.
        : TargetText.PercentDecoded(written.Replace('-', '%').Replace('_', '/'));

    /// <summary><c>/v3/__TARGET__;BASE64!!…$</c>: each * of the target stands for the next replaced character, each ** with a letter for a run of them.</summary>
    private static string? Third(string href)
    {
        var start = href.IndexOf("/v3/__", StringComparison.Ordinal) + "/v3/__".Length;
        var end = start < 6 ? -1 : href.IndexOf("__;", start, StringComparison.Ordinal);
        var mark = end < 0 ? -1 : href.IndexOf('!', end);
        if (mark < 0)
        {
            return null;
        }

        var written = href.AsSpan(start, end - start);
        var replaced = (TargetText.Base64Decoded(href[(end + 3)..mark]) ?? "").EnumerateRunes().ToArray();
        var target = new StringBuilder(written.Length + replaced.Length);
        var next = 0;
        for (var at = 0; at < written.Length; at++)
        {
            if (written[at] != '*')
            {
                target.Append(written[at]);
                continue;
            }

            var length = 1;
            if (at + 2 < written.Length && written[at + 1] == '*' && RunLengths.IndexOf(written[at + 2], StringComparison.Ordinal) is >= 0 and var letter)
            {
                length = letter + ShortestRun;
                at += 2;
            }

            for (; length > 0 && next < replaced.Length; length--)
            {
                target.Append(replaced[next++]);
            }
        }

        return target.ToString();
    }
}
