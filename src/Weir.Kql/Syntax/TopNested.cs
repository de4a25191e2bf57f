namespace Weir.Kql.Syntax;

internal sealed record TopNested(Span Span, IReadOnlyList<TopNestedLevel> Levels) : Operator(Span);

/// <summary>So many values (null: all) of a key within each row of the level above, by an aggregate.</summary>
internal sealed record TopNestedLevel(Expression? Count, Expression Of, Expression By, bool IsAscending);

internal sealed partial class Parser
{
    private TopNested ParseTopNested()
    {
        var start = Next().Span;
        var levels = new List<TopNestedLevel> { ParseTopNestedLevel() };
        while (Accept(","))
        {
            // Only after a pipe does the lexer read the word as one.
            ExpectName("top");
            Expect("-");
            ExpectName("nested");
            levels.Add(ParseTopNestedLevel());
        }

        return new TopNested(start, levels);
    }

    private TopNestedLevel ParseTopNestedLevel()
    {
        var count = Current.IsName("of") ? null : ParseExpression();
        ExpectName("of");
        var of = ParseNamed();
        if (Current.IsName("with"))
        {
            Fail("'with others' in 'top-nested' is not supported.");
        }

        ExpectName("by");
        var by = ParseNamed();
        var isAscending = AcceptName("asc");
        if (!isAscending)
        {
            AcceptName("desc");
        }

        return new TopNestedLevel(count, of, by, isAscending);
    }
}
