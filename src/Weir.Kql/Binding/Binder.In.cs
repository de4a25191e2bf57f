using Weir.Kql.Contracts;
using Weir.Kql.Functions;
using Weir.Kql.Plan;
using Weir.Kql.Syntax;

namespace Weir.Kql.Binding;

internal sealed partial class Binder
{
    private Scalar In(BinaryExpression binary, Scope scope)
    {
        var isNegated = binary.Operator[0] == '!';
        var ignoresCase = binary.Operator[^1] == '~';
        var value = binary.Left is WildcardExpression ? null : BindScalar(binary.Left, scope);
        if (value is null)
        {
            throw new Refusal("'*' with 'in' is not supported; use 'has_any' or name the column.", binary.Left.Span);
        }

        if (ignoresCase)
        {
            value = Convert(value, KqlType.String);
        }

        IReadOnlyList<Expression> written = binary.Right is ListExpression list ? list.Items : [binary.Right];
        var tests = new List<Scalar>();
        var items = new List<Scalar>();
        foreach (var item in written)
        {
            switch (BindAny(item, scope))
            {
                case Rows table when table.Visible.FirstOrDefault() is { Type: KqlType.Dynamic } arrays && !value.Type.IsDynamic():
                    tests.Add(Call(ignoresCase ? "in~ array" : "in array", item.Span, value, new TableArray(table, arrays)));
                    break;
                case Rows table:
                    tests.Add(InTable(value, table, ignoresCase, isNegated && written.Count == 1, item.Span));
                    break;
                case Scalar { Type: KqlType.Dynamic or KqlType.Unknown } array:
                    var left = value.Type == KqlType.Unknown ? Convert(value, KqlType.Dynamic) : value;
                    tests.Add(Call(ignoresCase ? "in~ array" : "in array", item.Span, left, array));
                    break;
                case Scalar scalar:
                    items.Add(scalar);
                    break;
            }
        }

        if (isNegated && tests is [Membership { IsNegated: true } membership] && items.Count == 0)
        {
            return membership;
        }

        if (items.Count > 0)
        {
            if (value.Type.IsDynamic())
            {
                value = Convert(value, items[0].Type);
            }

            var converted = items.Select((item, i) => Comparable(value, item, written[i].Span).Right).ToList();
            var type = converted.Select(item => item.Type).Aggregate((a, b) => Typing.Common(a, b) ?? a);
            tests.Add(Call(ignoresCase ? "in~" : "in", binary.Span, [Convert(value, Typing.Common(value.Type, type) ?? value.Type), .. converted.Select(item => Convert(item, Typing.Common(value.Type, type) ?? value.Type))]));
        }

        var test = tests.Count == 0 ? new Literal(KqlType.Bool, false) : tests.Aggregate((a, b) => Call("or", binary.Span, a, b));
        return isNegated ? Call("not", binary.Span, test) : test;
    }

    private Membership InTable(Scalar value, Rows table, bool ignoresCase, bool isNegated, Span span)
    {
        var column = table.Visible.FirstOrDefault() ?? throw new Refusal("The table has no columns.", span);
        if (column.Type != value.Type)
        {
            var (left, right) = Comparable(value, new ColumnValue(column), span);
            var converted = NewColumn(column.Name, right.Type);
            (value, table, column) = (left, new Plan.Project(table, [new Computed(converted, right)]), converted);
        }

        return new Membership(value, table, column, isNegated, ignoresCase);
    }

    private Scalar HasList(BinaryExpression binary, Scope scope)
    {
        IReadOnlyList<Expression> written = binary.Right is ListExpression list ? list.Items : [binary.Right];
        var items = new List<Scalar>();
        var arrays = new List<Scalar>();
        foreach (var item in written)
        {
            switch (BindAny(item, scope))
            {
                case Rows table:
                    arrays.Add(new TableArray(table, table.Visible.FirstOrDefault() ?? throw new Refusal("The table has no columns.", item.Span)));
                    break;
                case Scalar { Type: KqlType.Dynamic or KqlType.Unknown } array:
                    arrays.Add(array);
                    break;
                case Scalar scalar:
                    items.Add(Convert(scalar, KqlType.String));
                    break;
            }
        }

        if (binary.Left is WildcardExpression)
        {
            var columns = (scope.Rows?.Visible ?? []).Select(column => Tests(new ColumnValue(column))).ToList();
            return columns.Count == 0 ? new Literal(KqlType.Bool, false) : columns.Aggregate((a, b) => Call("or", binary.Span, a, b));
        }

        return Tests(BindScalar(binary.Left, scope));

        Scalar Tests(Scalar left)
        {
            var text = Convert(left, KqlType.String);
            var tests = arrays.Select(array => Call(binary.Operator + " array", binary.Span, text, array)).ToList();
            if (items.Count > 0)
            {
                tests.Add(Call(binary.Operator, binary.Span, [text, .. items]));
            }

            return tests.Count == 0 ? new Literal(KqlType.Bool, binary.Operator == "has_all") : tests.Aggregate((a, b) => Call(binary.Operator == "has_all" ? "and" : "or", binary.Span, a, b));
        }
    }
}
