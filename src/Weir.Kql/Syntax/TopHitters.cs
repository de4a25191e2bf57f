namespace Weir.Kql.Syntax;

internal sealed record TopHitters(Span Span, Expression Count, Expression Of, Expression? By) : Operator(Span);

internal sealed partial class Parser
{
    private TopHitters ParseTopHitters()
    {
        var start = Next().Span;
        var count = ParseExpression();
        ExpectName("of");
        var of = ParseExpression();
        return new TopHitters(start, count, of, AcceptName("by") ? ParseExpression() : null);
    }
}
