namespace Weir.Kql.Syntax;

internal sealed record MakeSeries(Span Span, IReadOnlyList<SeriesItem> Series, Expression Axis, Expression? From, Expression? To, Expression Step, IReadOnlyList<Expression> Keys) : Operator(Span)
{
    /// <summary>One series of defaults where the input has no rows.</summary>
    public bool IsNonEmpty { get; init; }
}

/// <summary>One series: an aggregate and what stands where no row is.</summary>
internal sealed record SeriesItem(Expression Aggregate, Expression? Default);

internal sealed partial class Parser
{
    private MakeSeries ParseMakeSeries()
    {
        var start = Next().Span;
        var isNonEmpty = ParseParameters("kind").GetValueOrDefault("kind") == "nonempty";
        var series = ParseCommas(() =>
        {
            var aggregate = ParseNamed();
            Expression? fallback = null;
            if (AcceptName("default"))
            {
                Expect("=");
                fallback = ParseExpression();
            }

            return new SeriesItem(aggregate, fallback);
        });
        ExpectName("on");
        var axis = ParseNamed();
        Expression? from = null, to = null;
        if (AcceptName("in"))
        {
            ExpectName("range");
            Expect("(");
            from = ParseExpression();
            Expect(",");
            to = ParseExpression();
            Expect(",");
            var inStep = ParseExpression();
            Expect(")");
            return new MakeSeries(start, series, axis, from, to, inStep, AcceptName("by") ? ParseCommas(ParseNamed) : []) { IsNonEmpty = isNonEmpty };
        }

        if (AcceptName("from"))
        {
            from = ParseExpression();
        }

        if (AcceptName("to"))
        {
            to = ParseExpression();
        }

        ExpectName("step");
        var step = ParseExpression();
        return new MakeSeries(start, series, axis, from, to, step, AcceptName("by") ? ParseCommas(ParseNamed) : []) { IsNonEmpty = isNonEmpty };
    }
}
