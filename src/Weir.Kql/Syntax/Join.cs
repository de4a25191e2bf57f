namespace Weir.Kql.Syntax;

internal sealed record Join(Span Span, string Kind, Expression Right, IReadOnlyList<Expression> On) : Operator(Span);

internal sealed partial class Parser
{
    private Join ParseJoin()
    {
        var start = Next().Span;
        var parameters = ParseParameters("kind");
        var right = ParseJoinRight();
        ExpectName("on");
        return new Join(start, parameters.GetValueOrDefault("kind", "innerunique"), right, ParseCommas(ParseExpression));
    }

    private Expression ParseJoinRight() => Current.Is("(") ? ParsePrimary() : ParsePostfix(ParsePrimary());
}
