using System.Net;
using Weir.Mail.Contracts;

namespace Weir.Mail.Headers;

/// <summary>
/// Received fields (RFC 5321 §4.4) as Postfix, sendmail, Exim, qmail, Exchange and Gmail write them. The name after <c>from</c> is what the
/// client called itself for most servers and its reverse name for Exim and qmail, which then say <c>helo=</c> or <c>HELO</c>.
/// </summary>
internal static class ReceivedField
{
    private static readonly HashSet<string> Clauses = new(["from", "by", "via", "with", "id", "for"], StringComparer.OrdinalIgnoreCase);

    public static ReceivedHop Parse(string value)
    {
        var raw = value;
        value = value.Length > 4_000 ? value[..4_000] : value;
        var (text, at) = SplitDate(value);
        var words = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var comments = new List<(string Clause, string Text)>();
        var clause = "";
        foreach (var token in Tokens(text))
        {
            if (token[0] == '(')
            {
                comments.Add((clause, token[1..].TrimEnd(')')));
            }
            else if (Clauses.Contains(token) && !words.ContainsKey(token))
            {
                clause = token.ToLowerInvariant();
                words[clause] = "";
            }
            else if (clause.Length > 0)
            {
                words[clause] = words[clause].Length == 0 ? token : $"{words[clause]} {token}";
            }
        }

        return Hop(words, comments) with { At = at, Raw = raw };
    }

    private static ReceivedHop Hop(Dictionary<string, string> words, List<(string Clause, string Text)> comments)
    {
        var from = words.GetValueOrDefault("from", "").Split(' ')[0].Trim('[', ']');
        var (name, ip, helo) = ("", "", "");
        foreach (var (clause, text) in comments)
        {
            if (clause != "from")
            {
                continue;
            }

            foreach (var word in text.Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries))
            {
                if (word.StartsWith("helo=", StringComparison.OrdinalIgnoreCase) || word.StartsWith("ehlo=", StringComparison.OrdinalIgnoreCase))
                {
                    helo = word[5..];
                }
                else if (ip.Length == 0 && Address(word) is { } address)
                {
                    ip = address;
                }
                else if (name.Length == 0 && helo.Length == 0 && IsHostName(word))
                {
                    name = word[(word.LastIndexOf('@') + 1)..].TrimEnd('.');
                }
            }

            if (text.StartsWith("HELO ", StringComparison.OrdinalIgnoreCase) || text.StartsWith("EHLO ", StringComparison.OrdinalIgnoreCase))
            {
                helo = text[5..].Split(' ')[0];
                name = "";
            }
        }

        ip = ip.Length > 0 ? ip : Address(from) ?? "";
        var namedByServer = helo.Length > 0;
        helo = namedByServer ? helo : from;
        name = name.Length > 0 ? name : namedByServer ? from : ip.Length > 0 && Address(from) is null && comments.Exists(each => each.Clause == "from") ? "" : from;
        return new ReceivedHop
        {
            FromName = name is "unknown" || Address(name) is not null ? "" : name,
            FromIp = ip,
            Helo = helo.Trim('[', ']'),
            By = words.GetValueOrDefault("by", "").Split(' ')[0],
            With = words.GetValueOrDefault("with", ""),
            Id = words.GetValueOrDefault("id", "").Split(' ')[0].Trim('<', '>'),
        };
    }

    private static (string Text, DateTimeOffset? At) SplitDate(string value)
    {
        var semicolon = value.LastIndexOf(';');
        if (semicolon < 0)
        {
            return (value, null);
        }

        return DateField.TryParse(value[(semicolon + 1)..], out var at) ? (value[..semicolon], at) : (value[..semicolon], null);
    }

    private static IEnumerable<string> Tokens(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var start = at;
            if (text[at] == '(')
            {
                var depth = 0;
                do
                {
                    depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
                    at++;
                }
                while (at < text.Length && depth > 0);
            }
            else
            {
                while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] != '(')
                {
                    at++;
                }
            }

            yield return text[start..at];
        }
    }

    private static string? Address(string word)
    {
        var text = word[(word.LastIndexOf('@') + 1)..].Trim('[', ']', '(', ')', ';');
        text = text.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase) ? text[5..] : text;
        if (text.IndexOf("]:", StringComparison.Ordinal) is > 0 and var port)
        {
            text = text[..port];
        }

        return text.Length >= 3 && (text.Contains('.', StringComparison.Ordinal) || text.Contains(':', StringComparison.Ordinal))
            && (char.IsAsciiHexDigit(text[0]) || text[0] == ':') && text.AsSpan().Count('.') is 0 or 3 && IPAddress.TryParse(text, out var ip)
            ? ip.ToString()
            : null;
    }

    private static bool IsHostName(string word)
    {
        var text = word[(word.LastIndexOf('@') + 1)..].TrimEnd('.');
        return text == "unknown" || text == "localhost" || (text.Contains('.', StringComparison.Ordinal) && text.AsSpan().IndexOfAnyExcept(HostChars) < 0);
    }

    private static readonly System.Buffers.SearchValues<char> HostChars =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._");
}
