namespace Weir.Kql.Syntax;

internal sealed record MvApply(Span Span, string? IndexColumn, IReadOnlyList<MvExpandItem> Items, Expression? Limit, IReadOnlyList<Operator> Body) : Operator(Span);

internal sealed partial class Parser
{
    private MvApply ParseMvApply()
    {
        var start = Next().Span;
        var parameters = ParseParameters("with_itemindex");
        var items = ParseCommas(ParseMvExpandItem);
        var limit = AcceptName("limit") ? ParseExpression() : null;
        ExpectName("on");
        Expect("(");
        var body = new List<Operator>();
        if (Enter())
        {
            do
            {
                body.Add(ParseOperator());
            }
            while (Accept("|"));
        }

        Leave();
        Expect(")");
        return new MvApply(start, parameters.GetValueOrDefault("with_itemindex"), items, limit, body);
    }
}
