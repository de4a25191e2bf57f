namespace Weir.Kql.Syntax;

internal sealed record Search(Span Span, bool IsCaseSensitive, IReadOnlyList<Expression> Tables, Expression Predicate) : Operator(Span);

internal sealed partial class Parser
{
    private Search ParseSearch()
    {
        var start = Next().Span;
        var parameters = ParseParameters("kind");
        IReadOnlyList<Expression> tables = [];
        if (AcceptName("in"))
        {
            Expect("(");
            tables = ParseList(")", ParseUnionTable);
        }

        return new Search(start, parameters.GetValueOrDefault("kind") == "case_sensitive", tables, ParseExpression());
    }
}
