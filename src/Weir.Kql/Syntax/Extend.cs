namespace Weir.Kql.Syntax;

internal sealed record Extend(Span Span, IReadOnlyList<Expression> Columns) : Operator(Span);

internal sealed partial class Parser
{
    private Extend ParseExtend() => new(Next().Span, ParseCommas(ParseNamed));
}
