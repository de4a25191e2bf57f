namespace Weir.Kql.Syntax;

internal sealed record ProjectKeep(Span Span, IReadOnlyList<string> Patterns) : Operator(Span);

internal sealed partial class Parser
{
    private ProjectKeep ParseProjectKeep() => new(Next().Span, ParseCommas(ParseColumnOrWildcard));
}
