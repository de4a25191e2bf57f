using System.Globalization;
using System.Text;

namespace Weir.Kql.Syntax;

/// <summary>Text to tokens. Never throws: what it cannot read becomes a <see cref="TokenKind.Bad"/> token and a complaint.</summary>
internal sealed class Lexer(string text, List<Complaint> complaints)
{
    private static readonly HashSet<string> TypedLiterals = new(StringComparer.Ordinal)
    {
        "datetime", "date", "timespan", "time", "guid", "int", "long", "real", "double", "decimal", "bool", "boolean",
    };

    private static readonly string[] Hyphenated =
    [
        "project-away", "project-keep", "project-rename", "project-reorder", "project-smart", "project-by-names", "mv-expand", "mv-apply",
        "make-series", "make-graph", "top-nested", "top-hitters", "sample-distinct", "parse-where", "parse-kv", "graph-match",
        "graph-shortest-paths", "graph-to-table", "graph-mark-components", "macro-expand", "execute-and-cache",
    ];

    private static readonly string[] Marks =
    [
        "..", "==", "=~", "=>", "!=", "!~", "<>", "<=", ">=", "<|", "|", "(", ")", "[", "]", "{", "}", ",", ";", ":", ".", "=", "<", ">", "+", "-", "*", "/", "%", "!", "@",
    ];

    private readonly List<Token> _tokens = [];
    private int _at;

    public IReadOnlyList<Token> Read()
    {
        while (SkipBlank())
        {
            var start = _at;
            ReadOne();
            if (_at == start)
            {
                _at++;
                Bad(start, $"The character '{text[start]}' is not understood here.");
            }
        }

        _tokens.Add(new Token(TokenKind.End, "", null, new Span(text.Length, 0)));
        return _tokens;
    }

    private char Peek(int ahead = 0) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private bool SkipBlank()
    {
        while (_at < text.Length)
        {
            if (char.IsWhiteSpace(text[_at]) || text[_at] is '\u200b' or '\ufeff')
            {
                _at++;
            }
            else if (Peek() == '/' && Peek(1) == '/')
            {
                while (_at < text.Length && text[_at] != '\n')
                {
                    _at++;
                }
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private void ReadOne()
    {
        var c = Peek();
        if (c is '"' or '\'' || (c == '@' && Peek(1) is '"' or '\'')
            || (c is 'h' or 'H' && (Peek(1) is '"' or '\'' || (Peek(1) == '@' && Peek(2) is '"' or '\'')))
            || Fence() is not null)
        {
            ReadString();
        }
        else if (char.IsAsciiDigit(c))
        {
            ReadNumber();
        }
        else if (IsNameStart(c))
        {
            ReadName();
        }
        else if (c == '!' && char.IsAsciiLetter(Peek(1)))
        {
            var start = _at++;
            while (IsNamePart(Peek()))
            {
                _at++;
            }

            _at += Peek() == '~' ? 1 : 0;
            Add(TokenKind.Mark, start, text[start.._at], null);
        }
        else if (Marks.FirstOrDefault(mark => string.CompareOrdinal(text, _at, mark, 0, mark.Length) == 0) is { } mark)
        {
            _at += mark.Length;
            Add(TokenKind.Mark, _at - mark.Length, mark, null);
        }
    }

    private static bool IsNameStart(char c) => char.IsLetter(c) || c is '_' or '$';

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';

    private string? Fence() =>
        string.CompareOrdinal(text, _at, "```", 0, 3) == 0 ? "```" : string.CompareOrdinal(text, _at, "~~~", 0, 3) == 0 ? "~~~" : null;

    private void ReadName()
    {
        var start = _at;
        var follows = _tokens.Count == 0 || _tokens[^1].Kind == TokenKind.Mark && _tokens[^1].Text is "|" or "(" or ";" or "<|" or "=" or "{" or "=>";
        if (follows && Hyphenated.FirstOrDefault(word => string.CompareOrdinal(text, _at, word, 0, word.Length) == 0
            && (_at + word.Length >= text.Length || !IsNamePart(text[_at + word.Length]))) is { } keyword)
        {
            _at += keyword.Length;
            Add(TokenKind.Name, start, keyword, null);
            return;
        }

        while (IsNamePart(Peek()))
        {
            _at++;
        }

        var name = text[start.._at];
        if (name == "in" && Peek() == '~')
        {
            _at++;
            Add(TokenKind.Name, start, "in~", null);
        }
        else if (TypedLiterals.Contains(name) && ReadTyped(start, name))
        {
            return;
        }
        else
        {
            Add(TokenKind.Name, start, name, null);
        }
    }

    private bool ReadTyped(int start, string name)
    {
        var at = _at;
        while (at < text.Length && text[at] is ' ' or '\t')
        {
            at++;
        }

        if (at >= text.Length || text[at] != '(')
        {
            return false;
        }

        var close = text.IndexOfAny([')', '\n'], at);
        if (close < 0 || text[close] != ')')
        {
            return false;
        }

        _at = close + 1;
        Add(TokenKind.Typed, start, name, text[(at + 1)..close].Trim());
        return true;
    }

    private void ReadNumber()
    {
        var start = _at;
        if (Peek() == '0' && Peek(1) is 'x' or 'X' && char.IsAsciiHexDigit(Peek(2)))
        {
            _at += 2;
            while (char.IsAsciiHexDigit(Peek()))
            {
                _at++;
            }

            var hex = long.TryParse(text.AsSpan(start + 2, _at - start - 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var parsed);
            AddNumber(TokenKind.Long, start, hex ? parsed : null);
            return;
        }

        Digits();
        var isReal = false;
        if (Peek() == '.' && char.IsAsciiDigit(Peek(1)))
        {
            isReal = true;
            _at++;
            Digits();
        }
        else if (Peek() == '.' && Peek(1) != '.' && !IsNameStart(Peek(1)))
        {
            isReal = true;
            _at++;
        }

        if (Peek() is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
        {
            isReal = true;
            _at += 2;
            Digits();
        }

        var number = text.AsSpan(start, _at - start);
        if (IsNamePart(Peek()))
        {
            var unitStart = _at;
            while (IsNamePart(Peek()))
            {
                _at++;
            }

            if (TimeSpans.Unit(text[unitStart.._at]) is { } unit)
            {
                var ticks = decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) && Math.Abs(amount) < 1e15m
                    ? decimal.Truncate(amount * unit) : decimal.MaxValue;
                AddNumber(TokenKind.TimeSpan, start, Math.Abs(ticks) <= long.MaxValue ? (long)ticks : null);
            }
            else if (!isReal)
            {
                Add(TokenKind.Name, start, text[start.._at], null);
            }
            else
            {
                Bad(start, $"'{text[start.._at]}' is not a number.");
            }
        }
        else if (isReal)
        {
            AddNumber(TokenKind.Real, start, double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : null);
        }
        else
        {
            // Nineteen digits beyond the largest long are left to a minus sign before them: -9223372036854775808.
            AddNumber(TokenKind.Long, start, long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : number is "9223372036854775808" && _tokens.Count > 0 && _tokens[^1].Is("-") ? long.MinValue : null);
        }
    }

    private void Digits()
    {
        while (char.IsAsciiDigit(Peek()))
        {
            _at++;
        }
    }

    private void AddNumber(TokenKind kind, int start, object? value)
    {
        if (value is null)
        {
            Bad(start, $"The number '{text[start.._at]}' is out of range.");
        }
        else
        {
            Add(kind, start, text[start.._at], value);
        }
    }

    private void ReadString()
    {
        var start = _at;
        if (Peek() is 'h' or 'H')
        {
            _at++;
        }

        if (Fence() is { } fence)
        {
            var from = _at + 3;
            var to = text.IndexOf(fence, from, StringComparison.Ordinal);
            _at = to < 0 ? text.Length : to + 3;
            AddString(start, text[from..(to < 0 ? text.Length : to)], to >= 0);
            return;
        }

        var isVerbatim = Peek() == '@';
        _at += isVerbatim ? 1 : 0;
        var quote = text[_at++];
        var value = new StringBuilder();
        while (_at < text.Length)
        {
            var c = text[_at];
            if (c == quote)
            {
                _at++;
                if (!isVerbatim || Peek() != quote)
                {
                    AddString(start, value.ToString(), isClosed: true);
                    return;
                }
            }
            else if (c == '\\' && !isVerbatim)
            {
                Escape(value);
                continue;
            }
            else if (c == '\n' && !isVerbatim)
            {
                break;
            }

            value.Append(c);
            _at++;
        }

        AddString(start, value.ToString(), isClosed: false);
    }

    private void Escape(StringBuilder value)
    {
        var start = _at;
        var c = Peek(1);
        _at += Math.Min(2, text.Length - _at);
        switch (c)
        {
            case 'n': value.Append('\n'); break;
            case 't': value.Append('\t'); break;
            case 'r': value.Append('\r'); break;
            case 'b': value.Append('\b'); break;
            case 'f': value.Append('\f'); break;
            case 'v': value.Append('\v'); break;
            case 'a': value.Append('\a'); break;
            case '0': value.Append('\0'); break;
            case '\\' or '"' or '\'': value.Append(c); break;
            case 'u' or 'x' or 'U':
                var length = c == 'u' ? 4 : c == 'x' ? 2 : 8;
                if (_at + length <= text.Length
                    && uint.TryParse(text.AsSpan(_at, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && code <= 0x10ffff)
                {
                    value.Append(code is > 0xffff ? char.ConvertFromUtf32((int)code) : ((char)code).ToString());
                    _at += length;
                    break;
                }

                goto default;
            default:
                complaints.Add(new Complaint($"The escape '\\{c}' is not known; write '\\\\{c}' or a verbatim string @\"…\".", new Span(start, _at - start)));
                break;
        }
    }

    private void AddString(int start, string value, bool isClosed)
    {
        if (!isClosed)
        {
            complaints.Add(new Complaint("The string is not closed.", new Span(start, _at - start)));
        }

        Add(TokenKind.String, start, text[start.._at], value);
    }

    private void Add(TokenKind kind, int start, string word, object? value) => _tokens.Add(new Token(kind, word, value, new Span(start, _at - start)));

    private void Bad(int start, string message)
    {
        Add(TokenKind.Bad, start, text[start.._at], null);
        complaints.Add(new Complaint(message, new Span(start, _at - start)));
    }
}
