namespace Weir.Kql.Syntax;

internal sealed record ParseKv(Span Span, Expression Value, IReadOnlyList<ColumnDeclaration> Columns, IReadOnlyDictionary<string, string> Options) : Operator(Span);

internal sealed partial class Parser
{
    private ParseKv ParseParseKv()
    {
        var start = Next().Span;
        var value = ParseExpression();
        ExpectName("as");
        Expect("(");
        var columns = ParseList(")", ParseColumnDeclaration);
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        if (AcceptName("with"))
        {
            Expect("(");
            while (Current.Kind == TokenKind.Name)
            {
                var name = Next().Text;
                Expect("=");
                var option = Next();
                options[name] = option.Value as string ?? option.Text;
                Accept(",");
            }

            Expect(")");
        }

        return new ParseKv(start, value, columns, options);
    }
}
