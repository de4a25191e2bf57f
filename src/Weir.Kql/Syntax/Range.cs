namespace Weir.Kql.Syntax;

internal sealed record Range(Span Span, string Column, Expression From, Expression To, Expression Step) : Operator(Span);

internal sealed partial class Parser
{
    private Range ParseRange()
    {
        var start = Next().Span;
        var column = ParseColumnName();
        ExpectName("from");
        var from = ParseExpression();
        ExpectName("to");
        var to = ParseExpression();
        ExpectName("step");
        return new Range(start, column, from, to, ParseExpression());
    }
}
