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
        _isCell = true;
        var values = ParseList("]", ParseExpression);
        _isCell = false;
        return new Datatable(start, columns, values);
    }
}
