using Weir.Kql.Contracts;

namespace Weir.Kql.Syntax;

internal sealed record Parse(Span Span, bool IsFilter, string Kind, string Flags, Expression Value, IReadOnlyList<ParsePart> Parts) : Operator(Span);

/// <summary>A piece of a pattern: literal text, a column with its type, or (all null) a star.</summary>
internal sealed record ParsePart(string? Text, string? Column, KqlType Type);

internal sealed partial class Parser
{
    private Parse ParseParse()
    {
        var word = Next();
        var parameters = ParseParameters("kind", "flags");
        var value = ParseExpression();
        ExpectName("with");
        var parts = new List<ParsePart>();
        while (Current.Kind is TokenKind.String or TokenKind.Name || Current.Is("*") || Current.Is("["))
        {
            if (Accept("*"))
            {
                parts.Add(new ParsePart(null, null, KqlType.String));
            }
            else if (Current.Kind == TokenKind.String)
            {
                parts.Add(new ParsePart((string)Next().Value!, null, KqlType.String));
            }
            else
            {
                var name = ParseColumnName();
                parts.Add(new ParsePart(null, name, Accept(":") ? ParseType() : KqlType.String));
            }
        }

        return new Parse(word.Span, word.Text == "parse-where", parameters.GetValueOrDefault("kind", "simple"), parameters.GetValueOrDefault("flags", ""), value, parts);
    }
}
