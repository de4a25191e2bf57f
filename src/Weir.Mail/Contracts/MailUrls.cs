using System.Diagnostics.CodeAnalysis;
using Weir.Mail.Urls;
using Weir.Mail.Urls.Rewriting;

namespace Weir.Mail.Contracts;

/// <summary>URLs as browsers read them: <c>http:\\EXAMPLE.com\%61</c> and <c>http://0x7f.1/</c> are what they open.</summary>
public static class MailUrls
{
    /// <summary>Longer texts are no URLs here (browsers stop at about two million characters, servers at some thousands).</summary>
    public const int Longest = 32_768;

    /// <summary>False when the text is no URL, or a relative one without a base.</summary>
    /// <param name="relativeTo">Absolute URL that a relative one is resolved against.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out WebUrl? url, string? relativeTo = null)
    {
        url = null;
        if (text.Length > Longest)
        {
            return false;
        }

        var origin = relativeTo is { Length: > 0 and <= Longest } ? WhatwgUrl.Parse(relativeTo) : null;
        if (WhatwgUrl.Parse(text, origin) is not { } parsed)
        {
            return false;
        }

        url = new WebUrl
        {
            Href = parsed.ToString(),
            Scheme = parsed.Scheme,
            UserName = parsed.UserName,
            Password = parsed.Password,
            Host = parsed.Host ?? "",
            Port = parsed.Port,
            Path = parsed.PathName,
            Query = parsed.Query ?? "",
            Fragment = parsed.Fragment ?? "",
        };
        return true;
    }

    /// <summary>The serialised URL and its host (empty when it has none); false when the text is no absolute URL.</summary>
    public static bool TryNormalize(string text, [NotNullWhen(true)] out string? url, [NotNullWhen(true)] out string? host)
    {
        var parsed = TryParse(text, out var web);
        (url, host) = (web?.Href, web?.Host);
        return parsed;
    }

    /// <summary>What a link stands for that a product had rewritten or a site only forwards; nothing when it is neither.</summary>
    public static UnwrappedUrl? Unwrap(string url) => url.Length > Longest ? null : Unwrapping.Of(url);

    /// <summary>Links of this host are rewritten or forwarded ones.</summary>
    /// <param name="host">In ASCII, lower case.</param>
    public static bool IsRewriter(string host) => Rewriters.Of(host) is not null;
}

/// <summary>A URL taken apart as browsers do (WHATWG URL Standard); all parts are serialised, in ASCII.</summary>
public sealed record WebUrl
{
    /// <summary>The whole URL, as a browser shows and requests it.</summary>
    public required string Href { get; init; }

    /// <summary>Lower case, without the colon.</summary>
    public required string Scheme { get; init; }

    public string UserName { get; init; } = "";
    public string Password { get; init; } = "";

    /// <summary>Domain in ASCII (punycode), IPv4 with dots, IPv6 in brackets; empty when the URL has none.</summary>
    public string Host { get; init; } = "";

    /// <summary>-1 for the default of the scheme.</summary>
    public int Port { get; init; } = -1;

    /// <summary>With its leading slash.</summary>
    public string Path { get; init; } = "";

    /// <summary>Without the question mark.</summary>
    public string Query { get; init; } = "";

    /// <summary>Without the number sign.</summary>
    public string Fragment { get; init; } = "";
}
