namespace Weir.Intelligence.Lists;

/// <summary>A link as entries see it: host, path and query in lower case, without scheme, user and port. So <c>http</c> and <c>https</c> are the same.</summary>
internal readonly record struct UrlText(string Host, string Rest)
{
    private static readonly System.Buffers.SearchValues<char> Ends = System.Buffers.SearchValues.Create("/?#\\");

    public static UrlText Of(string url)
    {
        var text = url.AsSpan().Trim();
        if (text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme && text[..scheme].IndexOfAny(Ends) < 0)
        {
            text = text[(scheme + 3)..];
        }

        var end = text.IndexOfAny(Ends);
        var host = end < 0 ? text : text[..end];
        host = host[(host.LastIndexOf('@') + 1)..];
        if (host.LastIndexOf(':') is > 0 and var port && !host.EndsWith("]", StringComparison.Ordinal))
        {
            host = host[..port];
        }

        return new UrlText(host.ToString().ToLowerInvariant().TrimEnd('.'), end < 0 ? "" : text[end..].ToString().ToLowerInvariant());
    }

    /// <summary>Where a path may end so that what follows lies below it.</summary>
    public static bool IsEnd(string text, int at) => at == text.Length || text[at] is '/' or '?' or '#';
}
