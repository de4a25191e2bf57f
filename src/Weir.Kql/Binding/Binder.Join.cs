using Weir.Kql.Contracts;
using Weir.Kql.Functions;
using Weir.Kql.Plan;
using Weir.Kql.Syntax;

namespace Weir.Kql.Binding;

internal sealed partial class Binder
{
    private static JoinKind Kind(string kind, Span span) => kind switch
    {
        "innerunique" => JoinKind.InnerUnique,
        "inner" => JoinKind.Inner,
        "leftouter" => JoinKind.LeftOuter,
        "rightouter" => JoinKind.RightOuter,
        "fullouter" => JoinKind.FullOuter,
        "leftsemi" => JoinKind.LeftSemi,
        "leftanti" or "anti" or "leftantisemi" => JoinKind.LeftAnti,
        "rightsemi" => JoinKind.RightSemi,
        "rightanti" or "rightantisemi" => JoinKind.RightAnti,
        _ => throw new Refusal($"The join kind '{kind}' is not known.", span),
    };

    private Plan.Join BindJoin(Syntax.Join join, Rows left, Names names)
    {
        if (Partition(left) is not null)
        {
            throw new Refusal("'join' inside 'mv-apply' is not supported.", join.Span);
        }

        var kind = Kind(join.Kind, join.Span);
        var right = BindRows(join.Right, new Scope(null, names));
        var on = Condition(join.On, left, right, names);
        return new Plan.Join(left, right, kind, on, kind switch
        {
            JoinKind.LeftSemi or JoinKind.LeftAnti => [.. Keep(left.Columns)],
            JoinKind.RightSemi or JoinKind.RightAnti => [.. Keep(right.Visible)],
            _ => Both(left, right.Visible),
        });
    }

    private Plan.Join BindLookup(Syntax.Lookup lookup, Rows left, Names names)
    {
        var kind = Kind(lookup.Kind, lookup.Span);
        if (kind is not (JoinKind.LeftOuter or JoinKind.Inner))
        {
            throw new Refusal("'lookup' is leftouter or inner.", lookup.Span);
        }

        var right = BindRows(lookup.Right, new Scope(null, names));
        var on = Condition(lookup.On, left, right, names);
        var keys = on.Select(pair => pair.Right).OfType<ColumnValue>().Select(value => value.Column).ToHashSet();
        return new Plan.Join(left, right, kind, on, Both(left, right.Visible.Where(column => !keys.Contains(column))));
    }

    /// <summary>The left columns, then the right ones; a name that is taken gets the next free number.</summary>
    private List<Computed> Both(Rows left, IEnumerable<Column> right)
    {
        var taken = new HashSet<string>(left.Visible.Select(column => column.Name), StringComparer.Ordinal);
        return [.. Keep(left.Columns), .. right.Select(column => new Computed(NewColumn(Free(column.Name, taken), column.Type), new ColumnValue(column)))];
    }

    private List<(Scalar Left, Scalar Right)> Condition(IReadOnlyList<Expression> on, Rows left, Rows right, Names names)
    {
        var scope = new Scope(left, names, right);
        var pairs = new List<(Scalar, Scalar)>();
        foreach (var condition in on)
        {
            Add(condition);
        }

        return pairs;

        void Add(Expression condition)
        {
            switch (condition)
            {
                case NameExpression name:
                    Pair(new ColumnValue(RequireColumn(left, name.Name, name.Span)), new ColumnValue(RequireColumn(right, name.Name, name.Span)), name.Span);
                    break;
                case BinaryExpression { Operator: "and" } both:
                    Add(both.Left);
                    Add(both.Right);
                    break;
                case BinaryExpression { Operator: "==" } equal:
                    var (a, b) = (Side(equal.Left), Side(equal.Right));
                    if (a.IsRight == b.IsRight)
                    {
                        throw new Refusal("A join condition compares $left with $right.", equal.Span);
                    }

                    Pair(a.IsRight ? b.Value : a.Value, a.IsRight ? a.Value : b.Value, equal.Span);
                    break;
                default:
                    throw new Refusal("A join condition is a column or $left.x == $right.y.", condition.Span);
            }
        }

        (Scalar Value, bool IsRight) Side(Expression side)
        {
            if (side is MemberExpression { Target: NameExpression { Name: "$left" or "$right" } root })
            {
                return (BindScalar(side, scope), root.Name == "$right");
            }

            throw new Refusal("Each side of a join condition is $left.column or $right.column.", side.Span);
        }

        void Pair(Scalar a, Scalar b, Span span)
        {
            if (a.Type == KqlType.Dynamic || b.Type == KqlType.Dynamic)
            {
                throw new Refusal("Joining on a dynamic value is not possible; convert it first, for example with tostring().", span);
            }

            if (Typing.Common(a.Type, b.Type) is not { } type)
            {
                throw new Refusal($"Join keys must have one type, not {a.Type.Name()} and {b.Type.Name()}.", span);
            }

            pairs.Add((Convert(a, type), Convert(b, type)));
        }
    }
}
