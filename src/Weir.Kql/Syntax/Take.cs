namespace Weir.Kql.Syntax;

internal sealed record Take(Span Span, Expression Count) : Operator(Span);

internal sealed partial class Parser
{
    private Take ParseTake() => new(Next().Span, ParseExpression());
}
