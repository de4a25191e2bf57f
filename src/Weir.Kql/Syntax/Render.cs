namespace Weir.Kql.Syntax;

internal sealed record Render(Span Span, string Kind) : Operator(Span);

internal sealed partial class Parser
{
    private Render ParseRender()
    {
        var start = Next().Span;
        var kind = ParseColumnName();
        while (Current.Kind == TokenKind.Name && Ahead().Is("="))
        {
            // The older spelling without brackets: kind=stacked title="…"
            Next();
            Next();
            ParseExpression();
        }

        if (AcceptName("with"))
        {
            Expect("(");
            while (Current.Kind != TokenKind.End && !Current.Is(")"))
            {
                Next();
            }

            Expect(")");
        }

        return new Render(start, kind);
    }
}
