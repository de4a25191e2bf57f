namespace Weir.Kql.Syntax;

internal sealed record Invoke(Span Span, Expression Call) : Operator(Span);

internal sealed partial class Parser
{
    private Invoke ParseInvoke() => new(Next().Span, ParsePrimary());
}
