namespace Weir.Kql.Syntax;

internal sealed record Count(Span Span) : Operator(Span);

internal sealed partial class Parser
{
    private Count ParseCount() => new(Next().Span);
}
