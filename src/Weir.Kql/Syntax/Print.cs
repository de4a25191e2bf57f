namespace Weir.Kql.Syntax;

internal sealed record Print(Span Span, IReadOnlyList<Expression> Columns) : Operator(Span);

internal sealed partial class Parser
{
    private Print ParsePrint() => new(Next().Span, ParseCommas(ParseNamed));
}
