namespace Weir.Kql.Syntax;

internal sealed record Union(Span Span, bool IsInner, bool IsFuzzy, string? SourceColumn, IReadOnlyList<Expression> Tables) : Operator(Span);

internal sealed partial class Parser
{
    private Union ParseUnion()
    {
        var start = Next().Span;
        var parameters = ParseParameters("kind", "isfuzzy", "withsource", "with_source");
        var tables = ParseCommas(ParseUnionTable);
        return new Union(start, parameters.GetValueOrDefault("kind") == "inner", parameters.GetValueOrDefault("isfuzzy") == "true",
            parameters.GetValueOrDefault("withsource") ?? parameters.GetValueOrDefault("with_source"), tables);
    }

    private Expression ParseUnionTable()
    {
        if (Current.Is("*") || Ahead().Is("*"))
        {
            var start = Current.Span;
            return new WildcardExpression(start, ParseColumnOrWildcard());
        }

        return ParseJoinRight();
    }
}
