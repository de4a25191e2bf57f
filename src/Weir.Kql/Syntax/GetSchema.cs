namespace Weir.Kql.Syntax;

internal sealed record GetSchema(Span Span) : Operator(Span);

internal sealed partial class Parser
{
    private GetSchema ParseGetSchema() => new(Next().Span);
}
