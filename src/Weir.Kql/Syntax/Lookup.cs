namespace Weir.Kql.Syntax;

internal sealed record Lookup(Span Span, string Kind, Expression Right, IReadOnlyList<Expression> On) : Operator(Span);

internal sealed partial class Parser
{
    private Lookup ParseLookup()
    {
        var start = Next().Span;
        var parameters = ParseParameters("kind");
        var right = ParseJoinRight();
        ExpectName("on");
        return new Lookup(start, parameters.GetValueOrDefault("kind", "leftouter"), right, ParseCommas(ParseExpression));
    }
}
