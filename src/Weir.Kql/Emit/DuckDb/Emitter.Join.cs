using Weir.Kql.Contracts;
using Weir.Kql.Plan;

namespace Weir.Kql.Emit.DuckDb;

internal sealed partial class Emitter
{
    private string EmitJoin(Join join)
    {
        var (left, right) = (Side(join.Left, join.On.Select(pair => pair.Left)), Side(join.Right, join.On.Select(pair => pair.Right)));
        if (join.Kind == JoinKind.InnerUnique)
        {
            left.From = $"(SELECT DISTINCT ON ({string.Join(", ", left.Keys)}) * FROM {left.From}) AS {NextName()}";
        }

        // Null keys match each other; strings are never null, and plain equality is faster.
        var on = string.Join(" AND ", join.On.Select((pair, i) =>
            $"{left.Keys[i]} {(pair.Left.Type == KqlType.String ? "=" : "IS NOT DISTINCT FROM")} {right.Keys[i]}"));
        var (first, word, second) = join.Kind switch
        {
            JoinKind.LeftOuter => (left.From, "LEFT JOIN", right.From),
            JoinKind.RightOuter => (left.From, "RIGHT JOIN", right.From),
            JoinKind.FullOuter => (left.From, "FULL JOIN", right.From),
            JoinKind.LeftSemi => (left.From, "SEMI JOIN", right.From),
            JoinKind.LeftAnti => (left.From, "ANTI JOIN", right.From),
            JoinKind.RightSemi => (right.From, "SEMI JOIN", left.From),
            JoinKind.RightAnti => (right.From, "ANTI JOIN", left.From),
            _ => (left.From, "JOIN", right.From),
        };
        if (join.Kind is JoinKind.LeftSemi or JoinKind.LeftAnti or JoinKind.RightSemi or JoinKind.RightAnti)
        {
            return $"SELECT * FROM {first} {word} {second} ON {on}";
        }

        var items = join.Items.Select(item =>
        {
            var source = Name(((ColumnValue)item.Value).Column);

            // A missing side has empty strings, not nulls.
            var isPadded = item.Column.Type == KqlType.String && join.Kind is JoinKind.LeftOuter or JoinKind.RightOuter or JoinKind.FullOuter;
            return $"{(isPadded && item.Column.Type == KqlType.String ? $"coalesce({source}, '')" : source)} AS {Name(item.Column)}";
        }).ToList();
        return $"SELECT {(items.Count == 0 ? "NULL" : string.Join(", ", items))} FROM {first} {word} {second} ON {on}";
    }

    private (string From, List<string> Keys) Side(Rows rows, IEnumerable<Scalar> keys)
    {
        var from = From(rows);
        var frame = new Frame(this);
        var names = keys.Select(key => key is ColumnValue value ? Name(value.Column) : key is Literal literal ? Literal(literal) : frame.Hoist(Scalar(key, frame))).ToList();
        return (frame.Wrap(from), names);
    }
}
