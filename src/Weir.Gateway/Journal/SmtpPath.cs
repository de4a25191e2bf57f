namespace Weir.Gateway.Journal;

/// <summary>The address and the parameters of MAIL and RCPT (RFC 5321 §4.1.2).</summary>
internal readonly record struct SmtpPath(string Address, IReadOnlyList<string> Parameters)
{
    /// <summary>RFC 5321 §4.5.3.1.3 has 256; more is told apart from nonsense by nobody.</summary>
    private const int MaxLength = 1000;

    /// <summary>Reads what follows <c>FROM:</c> or <c>TO:</c>; nothing when it is no path in angle brackets.</summary>
    public static SmtpPath? Parse(string text)
    {
        var rest = text.TrimStart();
        var end = rest.StartsWith('<') ? EndOf(rest) : -1;
        if (end < 0 || end > MaxLength)
        {
            return null;
        }

        return new SmtpPath(WithoutRoute(rest[1..end]), rest[(end + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The bracket that closes; one in a quoted local part does not.</summary>
    private static int EndOf(string text)
    {
        var isQuoted = false;
        for (var i = 1; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when isQuoted:
                    i++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case '>' when !isQuoted:
                    return i;
                default:
                    break;
            }
        }

        return -1;
    }

    /// <summary><c>@a.example,@b.example:user@c.example</c>: the route is read and not used (RFC 5321 §4.1.1.3).</summary>
    private static string WithoutRoute(string path)
    {
        var colon = path.StartsWith('@') ? path.IndexOf(':', StringComparison.Ordinal) : -1;
        return colon < 0 ? path : path[(colon + 1)..];
    }
}
