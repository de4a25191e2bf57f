namespace Weir.Kql.Syntax;

internal sealed record Summarize(Span Span, IReadOnlyList<Expression> Aggregates, IReadOnlyList<Expression> Keys) : Operator(Span);

internal sealed partial class Parser
{
    private Summarize ParseSummarize()
    {
        var start = Next().Span;
        ParseParameters();
        var aggregates = Current.IsName("by") && !Ahead().Is("=") ? [] : ParseCommas(ParseNamed);
        return new Summarize(start, aggregates, AcceptName("by") ? ParseCommas(ParseNamed) : []);
    }
}
