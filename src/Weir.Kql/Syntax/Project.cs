namespace Weir.Kql.Syntax;

internal sealed record Project(Span Span, IReadOnlyList<Expression> Columns) : Operator(Span);

internal sealed partial class Parser
{
    private Project ParseProject() => new(Next().Span, ParseCommas(ParseNamed));
}
