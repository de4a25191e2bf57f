namespace Weir.Kql.Syntax;

internal sealed record As(Span Span, string Name) : Operator(Span);

internal sealed partial class Parser
{
    private As ParseAs()
    {
        var start = Next().Span;
        ParseParameters();
        return new As(start, ParseColumnName());
    }
}
