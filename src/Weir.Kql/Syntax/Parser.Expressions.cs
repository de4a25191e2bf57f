using System.Globalization;
using Weir.Kql.Contracts;

namespace Weir.Kql.Syntax;

internal sealed partial class Parser
{
    private const int StringPower = 60;

    private static readonly object Missing = new();

    /// <summary>How tightly a binary operator binds; 0 when the token is none. String operators bind tighter than arithmetic.</summary>
    private static int Power(Token token) => token.Kind is TokenKind.Name or TokenKind.Mark ? token.Text switch
    {
        "or" => 10,
        "and" => 20,
        "==" or "!=" or "<>" or "in" or "in~" or "!in" or "!in~" or "between" or "!between" or "has_any" or "has_all" => 30,
        "<" or ">" or "<=" or ">=" => 40,
        "+" or "-" => 50,
        "*" or "/" or "%" => 55,
        "=~" or "!~" or ":" or "has" or "!has" or "has_cs" or "!has_cs" or "contains" or "!contains" or "contains_cs" or "!contains_cs"
            or "startswith" or "!startswith" or "startswith_cs" or "!startswith_cs" or "endswith" or "!endswith" or "endswith_cs" or "!endswith_cs"
            or "hasprefix" or "!hasprefix" or "hasprefix_cs" or "!hasprefix_cs" or "hassuffix" or "!hassuffix" or "hassuffix_cs" or "!hassuffix_cs"
            or "matches" or "like" or "notlike" or "containscs" or "notcontains" or "notcontainscs" or "notcontains_cs" => StringPower,
        _ => 0,
    } : 0;

    /// <summary>An expression; with a name and <c>=</c> before it a named one.</summary>
    private Expression ParseNamed()
    {
        var start = Current.Span;
        if (Current.Is("(") && TryParseNames() is { } names)
        {
            var value = ParseExpression();
            return new NamedExpression(Span.Cover(start, value.Span), names, value);
        }

        var isName = Current.Kind == TokenKind.Name && Ahead().Is("=");
        var isQuoted = Current.Is("[") && Ahead().Kind == TokenKind.String && Ahead(2).Is("]") && Ahead(3).Is("=");
        if ((isName && (!Reserved.Contains(Current.Text) || Current.Text is "print" or "where" or "project" or "search" or "find" or "sample" or "invoke")) || isQuoted)
        {
            var name = isName ? Next().Text : ParseColumnName();
            Next();
            var value = ParseExpression();
            return new NamedExpression(Span.Cover(start, value.Span), [name], value);
        }

        return ParseExpression();
    }

    /// <summary><c>(a, b) =</c>; null, and nothing read, when it is not that.</summary>
    private List<string>? TryParseNames()
    {
        var from = _at;
        Next();
        var names = new List<string>();
        while (Current.Kind == TokenKind.Name)
        {
            names.Add(Next().Text);
            if (!Accept(","))
            {
                break;
            }
        }

        if (names.Count > 0 && Current.Is(")") && Ahead().Is("="))
        {
            Next();
            Next();
            return names;
        }

        _at = from;
        return null;
    }

    private Expression ParseExpression() => ParseBinary(0);

    private Expression ParseBinary(int minimum)
    {
        var start = Current.Span;
        if (!Enter())
        {
            Leave();
            return new LiteralExpression(start, KqlType.Unknown, null);
        }

        var left = ParseUnary();
        var chain = 0;
        while (Power(Current) is var power && power > minimum)
        {
            if (++chain > MaxChain)
            {
                Fail("The chain of operators is too long; use 'in' or 'has_any' with a list.");
                break;
            }

            left = ParseRight(start, left, power);
        }

        Leave();
        return left;
    }

    private Expression ParseRight(Span start, Expression left, int power)
    {
        var op = Next();
        var name = op.Text;
        switch (name)
        {
            case "between" or "!between":
                Expect("(");
                var low = ParseExpression();
                Expect("..");
                var high = ParseExpression();
                var end = Current.Span;
                Expect(")");
                return new BetweenExpression(Span.Cover(start, end), left, low, high, name[0] == '!');
            case "in" or "in~" or "!in" or "!in~" or "has_any" or "has_all":
                Expression list = Current.Is("(") ? ParseInList() : ParseUnary();
                return new BinaryExpression(Span.Cover(start, list.Span), name, op.Span, left, list);
            case "matches":
                ExpectName("regex");
                name = "matches regex";
                break;
        }

        var right = ParseBinary(power);
        return new BinaryExpression(Span.Cover(start, right.Span), name == "<>" ? "!=" : name, op.Span, left, right);
    }

    private ListExpression ParseInList()
    {
        var start = Next().Span;
        var items = ParseList(")", ParsePipeline);
        return new ListExpression(Span.Cover(start, _tokens[Math.Max(_at - 1, 0)].Span), items);
    }

    private Expression ParseUnary()
    {
        if (Current.Is("-") || Current.Is("+"))
        {
            var sign = Next();
            if (!Enter())
            {
                Leave();
                return new LiteralExpression(sign.Span, KqlType.Unknown, null);
            }

            var operand = ParseUnary();
            Leave();
            return new SignExpression(Span.Cover(sign.Span, operand.Span), sign.Text == "-", operand);
        }

        return ParsePostfix(ParsePrimary());
    }

    private Expression ParsePostfix(Expression target)
    {
        for (var chain = 0; chain < MaxChain; chain++)
        {
            if (Current.Is(".") && Ahead().Is("[") && Ahead(2).Kind != TokenKind.String)
            {
                Next();
            }
            else if (Current.Is(".") && (Ahead().Kind == TokenKind.Name || Ahead().Is("[")))
            {
                Next();
                var end = Current.Span;
                target = new MemberExpression(Span.Cover(target.Span, end), target, Current.Kind == TokenKind.Name ? Next().Text : ParseColumnName());
            }
            else if (Current.Is("[") && target is not LiteralExpression)
            {
                Next();
                var index = ParseExpression();
                var end = Current.Span;
                Expect("]");
                target = new IndexExpression(Span.Cover(target.Span, end), target, index);
            }
            else
            {
                return target;
            }
        }

        Fail("The path is too long.");
        return target;
    }

    private Expression ParsePrimary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Long when token.Value is long.MinValue && !_isCell:
                Fail("The number is out of range; the smallest long is written long(-9223372036854775808).");
                return new LiteralExpression(token.Span, KqlType.Long, null);
            case TokenKind.Long:
                return new LiteralExpression(Next().Span, KqlType.Long, token.Value);
            case TokenKind.Real:
                return new LiteralExpression(Next().Span, KqlType.Real, token.Value);
            case TokenKind.TimeSpan:
                return new LiteralExpression(Next().Span, KqlType.TimeSpan, token.Value);
            case TokenKind.Typed:
                return ParseTyped(Next());
            case TokenKind.String:
                var text = (string)Next().Value!;
                while (Current.Kind == TokenKind.String)
                {
                    text += (string)Next().Value!;
                }

                return new LiteralExpression(Span.Cover(token.Span, _tokens[_at - 1].Span), KqlType.String, text);
            case TokenKind.Name:
                return ParseNameOrCall();
            case TokenKind.Mark when token.Text == "(":
                Next();
                var inner = ParsePipeline();
                Expect(")");
                return inner;
            case TokenKind.Mark when token.Text == "[" && Ahead().Kind == TokenKind.String && Ahead(2).Is("]"):
                return new NameExpression(token.Span, ParseColumnName());
            case TokenKind.Mark when token.Text == "*":
                return new WildcardExpression(Next().Span, "*");
            default:
                Fail($"An expression is expected here{Found()}.");
                return new LiteralExpression(token.Span, KqlType.Unknown, null);
        }
    }

    private Expression ParseNameOrCall()
    {
        var token = Next();
        switch (token.Text)
        {
            case "true" or "false" or "True" or "False" or "TRUE" or "FALSE" when !Current.Is("("):
                return new LiteralExpression(token.Span, KqlType.Bool, token.Text[0] is 't' or 'T');
            case "null" when !Current.Is("("):
                Fail("'null' needs a type here, such as long(null).", token.Span);
                return new LiteralExpression(token.Span, KqlType.Unknown, null);
            case "dynamic" when Current.Is("("):
                Next();
                var json = ParseDynamicValue();
                var end = Current.Span;
                Expect(")");
                return new DynamicExpression(Span.Cover(token.Span, end), json);
            case "typeof" when Current.Is("("):
                Next();
                var type = ParseType();
                Expect(")");
                return new TypeOfExpression(token.Span, type);
        }

        if (Reserved.Contains(token.Text))
        {
            Fail($"'{token.Text}' is a word of the language; as a name it is written ['{token.Text}'].", token.Span);
        }

        if (!Accept("("))
        {
            return new NameExpression(token.Span, token.Text);
        }

        var arguments = ParseList(")", ParseArgument);
        return new CallExpression(Span.Cover(token.Span, _tokens[Math.Max(_at - 1, 0)].Span), token.Text, arguments);
    }

    private Expression ParseArgument() =>
        Current.Kind == TokenKind.Name && Ahead().Is("=") ? ParseNamed() : ParsePipeline();

    private LiteralExpression ParseTyped(Token token)
    {
        var raw = (string)token.Value!;
        var type = KqlTypes.Parse(token.Text)!.Value;
        if (raw is "null" or "")
        {
            return new LiteralExpression(token.Span, type, null);
        }

        object? value = type switch
        {
            KqlType.DateTime => TimeSpans.ParseDateTime(raw) ?? Placeholder(raw, token.Span),
            KqlType.TimeSpan => TimeSpans.Parse(raw.Trim('"', '\'')) ?? (decimal.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var days)
                && Math.Abs(days) < 1e7m ? (long)(days * TimeSpan.TicksPerDay) : null),
            KqlType.Guid => Guid.TryParse(raw.Trim('"', '\''), out var guid) ? guid : null,
            KqlType.Bool => raw.ToLowerInvariant() switch { "true" or "1" => true, "false" or "0" => false, _ => null },
            KqlType.Int or KqlType.Long => ParseWhole(raw) is not { } whole ? null
                : type == KqlType.Long ? whole : whole is >= int.MinValue and <= int.MaxValue ? (object)(int)whole : null,
            _ => raw switch
            {
                "nan" => double.NaN,
                "+inf" or "inf" => double.PositiveInfinity,
                "-inf" => double.NegativeInfinity,
                _ => double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : null,
            },
        };
        if (value is null)
        {
            Fail($"'{raw}' is not a {type.Name()}.", token.Span);
        }

        return new LiteralExpression(token.Span, type, ReferenceEquals(value, Missing) ? null : value);
    }

    /// <summary>Published queries have blanks to fill in, such as datetime(&lt;StartDate&gt;): null, with a remark.</summary>
    private object? Placeholder(string raw, Span span)
    {
        _complaints.Add(new Complaint($"'{raw}' is not a datetime; it counts as null.", span, IsError: false));
        return Missing;
    }

    private static long? ParseWhole(string raw)
    {
        var isNegative = raw.StartsWith('-');
        var digits = isNegative ? raw[1..].Trim() : raw;
        var isHex = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (!decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || isHex)
        {
            if (!isHex || !long.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex))
            {
                return null;
            }

            number = hex;
        }

        number = isNegative ? -decimal.Truncate(number) : decimal.Truncate(number);
        return number is >= long.MinValue and <= long.MaxValue ? (long)number : null;
    }
}
