namespace Weir.Kql.Syntax;

internal sealed record ProjectAway(Span Span, IReadOnlyList<string> Patterns) : Operator(Span);

internal sealed partial class Parser
{
    private ProjectAway ParseProjectAway() => new(Next().Span, ParseCommas(ParseColumnOrWildcard));
}
