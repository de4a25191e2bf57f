namespace Weir.Kql.Syntax;

internal sealed record SampleDistinct(Span Span, Expression Count, Expression Of) : Operator(Span);

internal sealed partial class Parser
{
    private SampleDistinct ParseSampleDistinct()
    {
        var start = Next().Span;
        var count = ParseExpression();
        ExpectName("of");
        return new SampleDistinct(start, count, ParseExpression());
    }
}
