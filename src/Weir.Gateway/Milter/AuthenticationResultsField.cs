using System.Buffers;
using System.Text;

namespace Weir.Gateway.Milter;

/// <summary>The field Authentication-Results (RFC 8601).</summary>
internal static class AuthenticationResultsField
{
    public const string Name = "Authentication-Results";

    private static readonly SearchValues<char> EndsOfName = SearchValues.Create("; \t\r\n(");

    /// <summary>It begins with this server's name, comments before it and quotes around it aside (RFC 8601 §2.2, authserv-id).</summary>
    public static bool IsFrom(ReadOnlySpan<byte> value, string server)
    {
        var text = Encoding.Latin1.GetString(value[..Math.Min(value.Length, 2_000)]).AsSpan().TrimStart();
        while (text.Length > 0 && text[0] == '(')
        {
            text = AfterComment(text).TrimStart();
        }

        var quoted = text.Length > 0 && text[0] == '"';
        text = quoted ? text[1..] : text;
        var end = quoted ? text.IndexOf('"') : text.IndexOfAny(EndsOfName);
        var name = (end < 0 ? text : text[..end]).TrimEnd('.');
        return server.Length > 0 && name.Equals(server.AsSpan().TrimEnd('.'), StringComparison.OrdinalIgnoreCase);
    }

    private static ReadOnlySpan<char> AfterComment(ReadOnlySpan<char> text)
    {
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '(':
                    depth++;
                    break;
                case ')' when --depth == 0:
                    return text[(i + 1)..];
                default:
                    break;
            }
        }

        return [];
    }
}
