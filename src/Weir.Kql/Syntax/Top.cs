namespace Weir.Kql.Syntax;

internal sealed record Top(Span Span, Expression Count, IReadOnlyList<OrderKey> Keys) : Operator(Span);

internal sealed partial class Parser
{
    private Top ParseTop()
    {
        var start = Next().Span;
        ParseParameters();
        var count = ParseExpression();
        ExpectName("by");
        return new Top(start, count, ParseCommas(ParseOrderKey));
    }
}
