namespace Weir.Kql.Syntax;

internal sealed record Datatable(Span Span, IReadOnlyList<ColumnDeclaration> Columns, IReadOnlyList<Expression> Values) : Operator(Span);

internal sealed partial class Parser
{
    private Datatable ParseDatatable()
    {
        var start = Next().Span;
        Expect("(");
        var columns = ParseList(")", ParseColumnDeclaration);
        Expect("[");
        return new Datatable(start, columns, ParseList("]", ParseDatatableValue));
    }

    private Expression ParseDatatableValue()
    {
        return ParseExpression();
    }
}
