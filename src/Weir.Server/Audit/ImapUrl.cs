using System.Globalization;

namespace Weir.Server.Audit;

/// <summary>A server and a login in one word. The login may hold an @ of its own; the last one ends it.</summary>
internal sealed record ImapUrl(string User, string Host, int Port, bool IsTls)
{
    public static ImapUrl? Parse(string text)
    {
        var isTls = text.StartsWith("imaps://", StringComparison.OrdinalIgnoreCase);
        if (!isTls && !text.StartsWith("imap://", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var rest = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..].TrimEnd('/');
        var at = rest.LastIndexOf('@');
        if (at <= 0 || rest.Contains('/', StringComparison.Ordinal))
        {
            return null;
        }

        var host = rest[(at + 1)..];
        var port = isTls ? 993 : 143;
        var colon = host.LastIndexOf(':');
        if (colon >= 0 && !host.EndsWith(']') && (host[0] == '[' || host.IndexOf(':', StringComparison.Ordinal) == colon))
        {
            if (!int.TryParse(host.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port))
            {
                return null;
            }

            host = host[..colon];
        }

        host = host.Trim('[', ']');
        return host.Length > 0 ? new ImapUrl(Uri.UnescapeDataString(rest[..at]), host, port, isTls) : null;
    }
}
