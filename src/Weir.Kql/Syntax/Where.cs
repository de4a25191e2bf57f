namespace Weir.Kql.Syntax;

internal sealed record Where(Span Span, Expression Predicate) : Operator(Span);

internal sealed partial class Parser
{
    private Where ParseWhere()
    {
        var start = Next().Span;
        ParseParameters();
        return new Where(start, ParseExpression());
    }
}
