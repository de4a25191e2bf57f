namespace Weir.Kql.Syntax;

internal sealed record Sample(Span Span, Expression Count) : Operator(Span);

internal sealed partial class Parser
{
    private Sample ParseSample() => new(Next().Span, ParseExpression());
}
