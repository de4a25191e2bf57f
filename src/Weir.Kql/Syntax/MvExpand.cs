using Weir.Kql.Contracts;

namespace Weir.Kql.Syntax;

internal sealed record MvExpand(Span Span, string? IndexColumn, bool ExpandsBagsAsArrays, IReadOnlyList<MvExpandItem> Items, Expression? Limit) : Operator(Span);

/// <summary>One array to expand: name when given, value, and the type its elements become.</summary>
internal sealed record MvExpandItem(string? Name, Expression Value, KqlType? ToType);

internal sealed partial class Parser
{
    private MvExpand ParseMvExpand()
    {
        var start = Next().Span;
        var parameters = ParseParameters("bagexpansion", "kind", "with_itemindex");
        var items = ParseCommas(ParseMvExpandItem);
        var kind = parameters.GetValueOrDefault("bagexpansion") ?? parameters.GetValueOrDefault("kind");
        return new MvExpand(start, parameters.GetValueOrDefault("with_itemindex"), kind == "array", items, AcceptName("limit") ? ParseExpression() : null);
    }

    private MvExpandItem ParseMvExpandItem()
    {
        var value = ParseNamed();
        KqlType? type = null;
        if (AcceptName("to"))
        {
            ExpectName("typeof");
            Expect("(");
            type = ParseType();
            Expect(")");
        }

        return value is NamedExpression { Names: [var name] } named ? new MvExpandItem(name, named.Value, type) : new MvExpandItem(null, value, type);
    }
}
