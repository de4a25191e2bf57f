using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Weir.Kql.Syntax;

internal sealed partial class Parser
{
    /// <summary>The inside of <c>dynamic(…)</c> as compact JSON: JSON with single quotes allowed and with typed literals.</summary>
    private string ParseDynamicValue()
    {
        var json = new StringBuilder();
        WriteDynamic(json);
        return json.ToString();
    }

    private void WriteDynamic(StringBuilder json)
    {
        var token = Current;
        if (!Enter())
        {
            Leave();
            return;
        }

        if (Accept("["))
        {
            json.Append('[');
            for (var first = true; Current.Kind != TokenKind.End && !Current.Is("]"); first = false)
            {
                json.Append(first ? "" : ",");
                WriteDynamic(json);
                if (!Accept(","))
                {
                    break;
                }
            }

            Expect("]");
            json.Append(']');
        }
        else if (Accept("{"))
        {
            json.Append('{');
            for (var first = true; Current.Kind != TokenKind.End && !Current.Is("}"); first = false)
            {
                json.Append(first ? "" : ",");
                var key = Next();
                if (key.Kind is not (TokenKind.String or TokenKind.Name))
                {
                    Fail("A property name is expected here.", key.Span);
                }

                json.Append(Quote(key.Value as string ?? key.Text)).Append(':');
                Expect(":");
                WriteDynamic(json);
                if (!Accept(","))
                {
                    break;
                }
            }

            Expect("}");
            json.Append('}');
        }
        else
        {
            Next();
            WriteDynamicScalar(json, token);
        }

        Leave();
    }

    private void WriteDynamicScalar(StringBuilder json, Token token)
    {
        switch (token.Kind)
        {
            case TokenKind.String:
                json.Append(Quote((string)token.Value!));
                break;
            case TokenKind.Long or TokenKind.Real:
                json.Append(token.Value is double number ? RealText(number) : token.Text is ['0', 'x' or 'X', ..] ? token.Value : token.Text.TrimStart('0') is { Length: > 0 } digits ? digits : "0");
                break;
            case TokenKind.TimeSpan:
                json.Append(Quote(TimeSpan.FromTicks((long)token.Value!).ToString("c", CultureInfo.InvariantCulture)));
                break;
            case TokenKind.Name when token.Text is "true" or "false" or "null":
                json.Append(token.Text);
                break;
            case TokenKind.Name when token.Text == "dynamic" && Current.Is("("):
                Next();
                WriteDynamic(json);
                Expect(")");
                break;
            case TokenKind.Mark when token.Text is "-" or "+" && Current.Kind is TokenKind.Long or TokenKind.Real:
                json.Append(token.Text == "-" ? "-" : "");
                WriteDynamicScalar(json, Next());
                break;
            case TokenKind.Typed:
                var literal = ParseTyped(token);
                json.Append(literal.Value switch
                {
                    null => "null",
                    bool flag => flag ? "true" : "false",
                    long ticks when literal.Type == Contracts.KqlType.DateTime => Quote(new DateTime(ticks, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture)),
                    long ticks when literal.Type == Contracts.KqlType.TimeSpan => Quote(TimeSpan.FromTicks(ticks).ToString("c", CultureInfo.InvariantCulture)),
                    Guid guid => Quote(guid.ToString()),
                    double real when !double.IsFinite(real) => Quote(real.ToString(CultureInfo.InvariantCulture)),
                    var other => Convert.ToString(other, CultureInfo.InvariantCulture),
                });
                break;
            default:
                Fail("A JSON value is expected here.", token.Span);
                break;
        }
    }

    /// <summary>A real stays one in JSON: 1.0, not 1.</summary>
    private static string RealText(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    /// <summary>A JSON string; halves of surrogate pairs become U+FFFD.</summary>
    private static string Quote(string text) =>
        $"\"{JsonEncodedText.Encode(Encoding.UTF8.GetBytes(text), JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
