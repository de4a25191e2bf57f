namespace Weir.Kql.Syntax;

internal sealed record Distinct(Span Span, IReadOnlyList<Expression> Columns) : Operator(Span);

internal sealed partial class Parser
{
    private Distinct ParseDistinct()
    {
        var start = Next().Span;
        ParseParameters();
        return new Distinct(start, ParseCommas(ParseNamed));
    }
}
