using System.Text;
using Weir.Mail.Contracts;
using Weir.Mail.Headers;

namespace Weir.Mail.Addresses;

/// <summary>
/// Reads address lists (RFC 5322 §3.4) and everything that stands in their place in real mail: addresses without brackets or comma,
/// names only, groups, comments as names, unquoted specials. What a person would see as an address is found, the rest becomes a name.
/// </summary>
internal sealed class AddressField
{
    private const int Most = 10_000;

    /// <summary>Quotes that are looked for to the end in vain; from then on a quote is a character. Each costs the rest of the field.</summary>
    private const int MostUnclosed = 20;

    private static readonly System.Buffers.SearchValues<char> NotInLocalPart = System.Buffers.SearchValues.Create(" ,;<>@");
    private readonly string _text;
    private readonly List<MailAddress> _found = [];
    private readonly StringBuilder _word = new();
    private string _comment = "";
    private string _pending = "";
    private string? _angle;
    private int _unclosed;
    private int _at;

    private AddressField(string text) => _text = text;

    /// <summary>Something was not written as the standard wants.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>All addresses in order; names without an address have an empty one.</summary>
    /// <param name="latin1">An unfolded value, one character for each byte.</param>
    public static IReadOnlyList<MailAddress> Parse(string latin1, out bool isMalformed)
    {
        var field = new AddressField(latin1);
        field.Read();
        isMalformed = field.IsMalformed;
        return field._found;
    }

    private void Read()
    {
        while (_at < _text.Length && _found.Count < Most)
        {
            var c = _text[_at];
            switch (c)
            {
                case '"' when _unclosed < MostUnclosed:
                    ReadQuoted();
                    break;
                case '(':
                    ReadComment();
                    break;
                case '<':
                    ReadAngle();
                    break;
                case ',' or ';':
                    _at++;
                    Flush(c);
                    break;
                case ':' when _angle is null && !Holds('@'):
                    // The name of a group; its members are what counts.
                    _at++;
                    _word.Clear();
                    _comment = "";
                    break;
                case '=' when HeaderText.EncodedWordLength(_text, _at) is > 0 and var length:
                    _word.Append(_text, _at, length);
                    _at += length;
                    break;
                default:
                    if (_angle is not null && c is not (' ' or '\t'))
                    {
                        AfterAngle();
                    }

                    _word.Append(c);
                    _at++;
                    break;
            }
        }

        Flush();
        if (_pending.Length > 0)
        {
            _found.Add(new MailAddress(Name(_pending.TrimEnd(',', ';', ' ')), ""));
        }
    }

    private void AfterAngle()
    {
        IsMalformed = true;
        Flush();
    }

    private void ReadQuoted()
    {
        var start = _at++;
        var text = new StringBuilder();
        while (_at < _text.Length && _text[_at] != '"')
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length)
            {
                _at++;
            }

            text.Append(_text[_at++]);
        }

        if (_at >= _text.Length)
        {
            // Never closed: the quote is a character like others.
            IsMalformed = true;
            _unclosed++;
            _at = start + 1;
            _word.Append('"');
            return;
        }

        _at++;
        if (_angle is not null)
        {
            AfterAngle();
        }

        if (_at < _text.Length && _text[_at] == '@')
        {
            _word.Append('"').Append(text).Append('"');
        }
        else
        {
            _word.Append(text);
        }
    }

    private void ReadComment()
    {
        var depth = 0;
        var text = new StringBuilder();
        while (_at < _text.Length)
        {
            var c = _text[_at++];
            if (c == '\\' && _at < _text.Length)
            {
                text.Append(_text[_at++]);
                continue;
            }

            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0)
            {
                break;
            }

            if (c != '(' || depth > 1)
            {
                text.Append(c);
            }
        }

        IsMalformed |= depth > 0;
        _comment = text.ToString();
    }

    private void ReadAngle()
    {
        if (_angle is not null)
        {
            AfterAngle();
        }

        var quoted = false;
        var start = ++_at;
        while (_at < _text.Length && (quoted || _text[_at] is not ('>' or '<')))
        {
            quoted ^= _text[_at] == '"';
            _at++;
        }

        if (_at >= _text.Length || _text[_at] == '<')
        {
            IsMalformed = true;
            var stop = _text.AsSpan(start, _at - start).IndexOfAny(",; ");
            _at = stop < 0 ? _at : start + stop;
            _angle = _text[start.._at];
            return;
        }

        _angle = _text[start.._at++];
    }

    private void Flush(char separator = ' ')
    {
        var word = _word.ToString().Trim(' ', '\t');
        var comment = _comment;
        var angle = _angle;
        _word.Clear();
        _comment = "";
        _angle = null;
        if (angle is not null)
        {
            var address = Clean(angle);
            IsMalformed |= !IsPlausible(address);
            _found.Add(new MailAddress(Name(_pending + (word.Length > 0 ? word : comment)), address));
            _pending = "";
        }
        else if (word.Contains('@', StringComparison.Ordinal))
        {
            Bare(word, comment);
        }
        else if (word.Length > 0)
        {
            // Mostly a name with a comma that should have been quoted: "Doe, John <john@example.org>".
            IsMalformed = true;
            _pending = _pending.Length < 1_000 ? $"{_pending}{word}{separator} " : _pending;
        }
    }

    /// <summary>An address without brackets; words before it are its name.</summary>
    private void Bare(string word, string comment)
    {
        var joined = word.Replace(" @ ", "@", StringComparison.Ordinal);
        string[] words = joined[0] == '"' && joined.IndexOf("\"@", StringComparison.Ordinal) > 0 ? [joined] : joined.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var index = Array.FindLastIndex(words, each => each.Contains('@', StringComparison.Ordinal));
        var name = string.Join(' ', words.Where((_, i) => i != index));
        var address = Clean(words[index]);
        IsMalformed |= name.Length > 0 || !IsPlausible(address);
        _found.Add(new MailAddress(Name(name.Length > 0 ? name : comment), address));
    }

    private bool Holds(char c)
    {
        for (var i = 0; i < _word.Length && i < 1_000; i++)
        {
            if (_word[i] == c)
            {
                return true;
            }
        }

        return false;
    }

    private static string Name(string word)
    {
        var name = HeaderText.Decode(word).Trim();
        return name.Length >= 2 && name[0] is '\'' && name[^1] is '\'' ? name[1..^1] : name;
    }

    /// <summary>Without comments, white space, source route (RFC 5322 §4.4) and <c>mailto:</c>; the domain in lower case.</summary>
    internal static string Clean(string latin1)
    {
        var text = latin1.Length > 1_000 ? latin1[..1_000] : latin1;
        if (text.StartsWith('@') && text.IndexOf(':', StringComparison.Ordinal) is > 0 and var route)
        {
            text = text[(route + 1)..];
        }

        text = HeaderText.Decode(WithoutComments(text)).Trim();
        text = text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? text[7..] : text;
        var at = text.LastIndexOf('@');
        if (at < 0)
        {
            return text;
        }

        var local = text[..at].Trim();
        var domain = text[(at + 1)..].Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return $"{local}@{domain}";
    }

    /// <summary>Comments may stand everywhere outside quotes, nested and more than one (RFC 5322 §3.2.2).</summary>
    private static string WithoutComments(string text)
    {
        if (!text.Contains('(', StringComparison.Ordinal))
        {
            return text;
        }

        var kept = new StringBuilder(text.Length);
        var (depth, isQuoted) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && i + 1 < text.Length)
            {
                _ = depth == 0 ? kept.Append(c).Append(text[i + 1]) : kept;
                i++;
                continue;
            }

            isQuoted ^= c == '"' && depth == 0;
            depth += isQuoted ? 0 : c == '(' ? 1 : c == ')' && depth > 0 ? -1 : 0;
            if (depth == 0 && (c != ')' || isQuoted))
            {
                kept.Append(c);
            }
        }

        return kept.ToString();
    }

    private static bool IsPlausible(string address)
    {
        var at = address.LastIndexOf('@');
        return at > 0 && at < address.Length - 1 && (address[0] == '"' || address.AsSpan(0, at).IndexOfAny(NotInLocalPart) < 0);
    }
}
