namespace Weir.Kql.Syntax;

internal sealed record Count(Span Span, string Column) : Operator(Span);

internal sealed partial class Parser
{
    private Count ParseCount() => new(Next().Span, AcceptName("as") ? ParseColumnName() : "Count");
}
