using System.Globalization;
using System.Text;

namespace Weir.Mail.Headers;

/// <summary>
/// A value with parameters (RFC 2045 §5.1, RFC 2231): <c>Content-Type</c>, <c>Content-Disposition</c>. Reads what mail clients read,
/// also values that should have been quoted, and says which parameters are there more than once.
/// </summary>
internal sealed class FieldParameters
{
    private const int Most = 200;
    private static readonly System.Buffers.SearchValues<char> TokenChars = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-._`{|}~^");
    private readonly List<(string Name, string Value)> _written = [];

    private FieldParameters(string value) => Value = value;

    /// <summary>The part before the first semicolon, without comments, in lower case.</summary>
    public string Value { get; }

    /// <summary>A parameter name that is there twice; empty when there is none.</summary>
    public string Duplicate { get; private set; } = "";

    /// <summary>Readers differ in what it says: numbered parts with gaps, characters after a quoted text, names that are no tokens.</summary>
    public bool IsOdd { get; private set; }

    public static FieldParameters Empty { get; } = new("");

    public static FieldParameters Parse(string latin1)
    {
        var at = 0;
        bool odd;
        var head = ReadUntilSemicolon(latin1, ref at, out odd);
        if (head.IndexOfAny([' ', '\t']) is > 0 and var gap && head.IndexOf('=', gap) > 0)
        {
            // The first semicolon was forgotten: "text/plain charset=utf-8".
            latin1 = string.Concat(head.AsSpan(0, gap), ";", head.AsSpan(gap + 1), ";" + latin1[at..]);
            at = 0;
            head = ReadUntilSemicolon(latin1, ref at, out odd);
        }

        var result = new FieldParameters(StripSpace(head).ToLowerInvariant());
        result.IsOdd = head.AsSpan().IndexOfAny("=\\?\"") >= 0 || odd;
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (at < latin1.Length && result._written.Count < Most)
        {
            var name = ReadName(latin1, ref at);
            if (at >= latin1.Length || latin1[at] != '=')
            {
                // An unquoted value with a semicolon ends there for some readers only.
                result.IsOdd |= name.Length > 0;
                _ = ReadUntilSemicolon(latin1, ref at, out _);
                continue;
            }

            at++;
            var value = ReadUntilSemicolon(latin1, ref at, out odd);
            if (name.Length == 0)
            {
                result.IsOdd = true;
                continue;
            }

            result.IsOdd |= name.AsSpan().IndexOfAnyExcept(TokenChars) >= 0 || odd;

            if (!names.Add(name))
            {
                result.Duplicate = name;
            }

            result._written.Add((name, value));
        }

        result.IsOdd |= result.HasGaps();
        return result;
    }

    /// <summary>The decoded value of a parameter; nothing when it is absent. Of duplicates the first counts.</summary>
    public string? Get(string name)
    {
        // RFC 2231 wins over the plain form, which is there for old clients.
        var extended = _written.Find(pair => pair.Name == name + "*");
        if (extended.Name is not null)
        {
            return DecodeExtended([(extended.Value, true)]);
        }

        var sections = Sections(name);
        if (sections.Count > 0)
        {
            return DecodeExtended(sections);
        }

        var plain = _written.Find(pair => pair.Name == name);
        return plain.Name is null ? null : HeaderText.Decode(plain.Value);
    }

    /// <summary>All written values of a parameter, undecoded.</summary>
    public IEnumerable<string> All(string name) => _written.Where(pair => pair.Name == name).Select(pair => pair.Value);

    /// <summary>Numbered parts (RFC 2231 §3) begin with 0 and follow in order.</summary>
    private bool HasGaps()
    {
        var next = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, _) in _written)
        {
            var star = name.IndexOf('*', StringComparison.Ordinal);
            if (star > 0 && int.TryParse(name.AsSpan(star + 1).TrimEnd('*'), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                if (number != next.GetValueOrDefault(name[..star]))
                {
                    return true;
                }

                next[name[..star]] = number + 1;
            }
        }

        return false;
    }

    private List<(string Value, bool IsEncoded)> Sections(string name)
    {
        var sections = new List<(string, bool)>();
        for (var number = 0; number < Most; number++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{name}*{number}");
            var section = _written.Find(pair => pair.Name == key || pair.Name == key + "*");
            if (section.Name is null)
            {
                break;
            }

            sections.Add((section.Value, section.Name.EndsWith('*')));
        }

        return sections;
    }

    private static string DecodeExtended(List<(string Value, bool IsEncoded)> sections)
    {
        var bytes = new List<byte>();
        var charset = "";
        for (var i = 0; i < sections.Count; i++)
        {
            var (value, encoded) = sections[i];
            if (encoded && i == 0)
            {
                var first = value.IndexOf('\'', StringComparison.Ordinal);
                var second = first < 0 ? -1 : value.IndexOf('\'', first + 1);
                if (second >= 0)
                {
                    charset = value[..first];
                    value = value[(second + 1)..];
                }
            }

            for (var at = 0; at < value.Length; at++)
            {
                if (encoded && value[at] == '%' && at + 2 < value.Length && char.IsAsciiHexDigit(value[at + 1]) && char.IsAsciiHexDigit(value[at + 2]))
                {
                    bytes.Add(byte.Parse(value.AsSpan(at + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                    at += 2;
                }
                else
                {
                    bytes.Add((byte)value[at]);
                }
            }
        }

        var span = bytes.ToArray();
        if (span.Length > 1 && span[0] == 0 && charset.Equals("utf-16", StringComparison.OrdinalIgnoreCase))
        {
            // RFC 2781 §4.3: without a mark the high byte comes first.
            return Encoding.BigEndianUnicode.GetString(span);
        }

        return charset.Length > 0 && Charsets.Find(charset) is { } encoding ? encoding.GetString(span) : HeaderText.Decode(Encoding.Latin1.GetString(span));
    }

    private static string ReadName(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && text[at] is not ('=' or ';'))
        {
            at++;
        }

        return StripSpace(StripComments(text[start..at])).ToLowerInvariant();
    }

    /// <summary>Reads to the next semicolon outside quotes and comments and passes it; unquotes.</summary>
    private static string ReadUntilSemicolon(string text, ref int at, out bool isOdd)
    {
        var result = new StringBuilder();
        var quoted = false;
        isOdd = false;
        while (at < text.Length && text[at] is ' ' or '\t')
        {
            at++;
        }

        while (at < text.Length && text[at] != ';')
        {
            var c = text[at];
            if (c == '"')
            {
                isOdd |= quoted || result.Length > 0;
                quoted = true;
                at++;
                while (at < text.Length && text[at] != '"')
                {
                    // Windows paths are written without escapes: a backslash escapes only what has to be escaped.
                    if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] is '"' or '\\')
                    {
                        at++;
                    }

                    result.Append(text[at++]);
                }

                at++;
            }
            else if (c == '(' && !quoted && result.Length == 0 || c == '(' && at > 0 && text[at - 1] is ' ' or '\t' && text.IndexOf(')', at) >= 0 && !LooksLikeName(text, at))
            {
                isOdd |= result.Length > 0 && !quoted;
                SkipComment(text, ref at);
            }
            else if (c == '\\' && !quoted && at + 1 < text.Length && text[at + 1] is ';' or '"')
            {
                isOdd = true;
                result.Append(text[at + 1]);
                at += 2;
            }
            else
            {
                isOdd |= (quoted && c is not (' ' or '\t')) || (!quoted && c is '\'' or '(' or '\\');
                if (!quoted || c is not (' ' or '\t'))
                {
                    result.Append(c);
                }

                at++;
            }
        }

        at = Math.Min(at + 1, text.Length);
        return quoted ? result.ToString() : result.ToString().Trim(' ', '\t');
    }

    /// <summary>Names such as <c>scan (1).pdf</c> are written without quotes; text after the parenthesis shows it.</summary>
    private static bool LooksLikeName(string text, int open)
    {
        var close = text.IndexOf(')', open);
        return close + 1 < text.Length && text[close + 1] is not (';' or ' ' or '\t');
    }

    private static void SkipComment(string text, ref int at)
    {
        var depth = 0;
        while (at < text.Length)
        {
            var c = text[at++];
            if (c == '\\')
            {
                at++;
            }
            else if (c == '(')
            {
                depth++;
            }
            else if (c == ')' && --depth == 0)
            {
                return;
            }
        }
    }

    private static string StripComments(string text)
    {
        if (!text.Contains('(', StringComparison.Ordinal))
        {
            return text;
        }

        var result = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '(')
            {
                SkipComment(text, ref at);
            }
            else
            {
                result.Append(text[at++]);
            }
        }

        return result.ToString();
    }

    private static string StripSpace(string text) =>
        text.AsSpan().IndexOfAny(' ', '\t') < 0 ? text : text.Replace(" ", "", StringComparison.Ordinal).Replace("\t", "", StringComparison.Ordinal);
}
