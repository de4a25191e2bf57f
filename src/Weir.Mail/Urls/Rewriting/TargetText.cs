using System.Buffers.Text;
using System.Text;
using Weir.Mail.Contracts;

namespace Weir.Mail.Urls.Rewriting;

/// <summary>The places of a link where rewriters keep the target, and how they write it.</summary>
internal static class TargetText
{
    /// <summary>The decoded value of the first parameter with one of these names; nothing when there is none.</summary>
    public static string? Parameter(WebUrl url, params ReadOnlySpan<string> names)
    {
        foreach (var range in url.Query.AsSpan().Split('&'))
        {
            var pair = url.Query.AsSpan(range);

            // Links copied out of a page's source keep its &amp;.
            pair = pair.StartsWith("amp;", StringComparison.Ordinal) ? pair[4..] : pair;
            var equals = pair.IndexOf('=');
            foreach (var name in names)
            {
                if (equals > 0 && pair[..equals].Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return PercentDecoded(pair[(equals + 1)..].ToString());
                }
            }
        }

        return null;
    }

    /// <summary>The decoded part of the path at this place, counted from 0.</summary>
    public static string? Segment(WebUrl url, int index) =>
        url.Path.Split('/') is var segments && segments.Length > index + 1 ? PercentDecoded(segments[index + 1]) : null;

    public static string PercentDecoded(string text) => Encoding.UTF8.GetString(PercentEncoding.Decode(text));

    /// <summary>Base64 of either alphabet, with or without padding; nothing when it is none.</summary>
    public static string? Base64Decoded(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var plain = text.TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return Base64Url.IsValid(plain) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(plain)) : null;
    }
}
