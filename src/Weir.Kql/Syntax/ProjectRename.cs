namespace Weir.Kql.Syntax;

internal sealed record ProjectRename(Span Span, IReadOnlyList<Expression> Columns) : Operator(Span);

internal sealed partial class Parser
{
    private ProjectRename ParseProjectRename() => new(Next().Span, ParseCommas(ParseNamed));
}
