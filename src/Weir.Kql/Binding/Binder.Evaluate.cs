using Weir.Kql.Contracts;
using Weir.Kql.Functions;
using Weir.Kql.Plan;
using Weir.Kql.Syntax;

namespace Weir.Kql.Binding;

internal sealed partial class Binder
{
    private Discovery? _discovery;
    private int _discoveries;

    /// <summary>Columns of bags that were unpacked before their names were known.</summary>
    private readonly List<(Column Bag, string Prefix)> _openBags = [];

    private Rows BindEvaluate(Syntax.Evaluate evaluate, Rows input, Names names) => evaluate.Call.Name switch
    {
        "bag_unpack" => BindBagUnpack(evaluate, input, names),
        "pivot" => BindPivot(evaluate, input, names),
        "narrow" => BindNarrow(input),
        "ipv4_lookup" => BindIpLookup(evaluate.Call, input, names),
        _ => throw new Refusal($"The plugin '{evaluate.Call.Name}' is not supported.", evaluate.Call.Span),
    };

    /// <summary>The names found by the discovery pass, or null when this pass is the discovery itself.</summary>
    private IReadOnlyList<string>? Discovered(Rows input, Scalar names)
    {
        var found = _discoveries < discovered.Count ? discovered[_discoveries] : null;
        if (found is null && _discovery is null)
        {
            _discovery = new Discovery(input, names);
        }

        _discoveries++;
        return found;
    }

    private Plan.Project BindBagUnpack(Syntax.Evaluate evaluate, Rows input, Names names)
    {
        var call = evaluate.Call;
        Arguments(call, 1, 4);
        var scope = new Scope(input, names);
        if (BindScalar(call.Arguments[0], scope) is not ColumnValue { Column: { } bag } || !bag.Type.IsDynamic())
        {
            throw new Refusal("'bag_unpack' needs a dynamic column.", call.Span);
        }

        var prefix = call.Arguments.Count > 1 && Argument(call.Arguments[1], scope) is Literal { Value: string given } ? given : "";
        var conflict = call.Arguments.Count > 2 && Argument(call.Arguments[2], scope) is Literal { Value: string resolution } ? resolution : "error";
        var ignored = call.Arguments.Count > 3 && BindScalar(call.Arguments[3], scope) is Literal { Value: string list } ? list : "[]";
        IReadOnlyList<(string Key, KqlType Type)>? keys = evaluate.Schema?.Where(column => column.Name != "*" && FindColumn(input, column.Name) is null)
            .Select(column => (column.Name, column.Type)).ToList();
        if (keys is null)
        {
            keys = Discovered(input, Call("bag keys and types", call.Span, new ColumnValue(bag)))?.Select(name => (name[..^1], TypeOf(name[^1])))
                .GroupBy(key => key.Item1, StringComparer.Ordinal)
                .Select(group => (group.Key, Widest(group.Select(key => key.Item2))))
                .Where(key => !ignored.Contains($"\"{key.Key}\"", StringComparison.Ordinal)).OrderBy(key => key.Key, StringComparer.Ordinal).ToList();
        }

        // Names that no row has are still allowed later: they are looked up in the bag.
        var hidden = new Column(_columnIds++, "$bag", KqlType.Dynamic) { IsHidden = true, IsBag = true };
        _openBags.Add((hidden, prefix));
        var replacesItself = keys?.Any(key => prefix + key.Key == bag.Name) == true;
        var items = Keep(input.Visible.Where(column => column != bag || replacesItself)).ToList();

        foreach (var (key, type) in keys ?? [])
        {
            var name = prefix + key;
            var value = new Computed(NewColumn(name, type), Convert(Call("property", call.Span, new ColumnValue(bag), new Literal(KqlType.String, key)), type));
            var at = items.FindIndex(item => item.Column.Name == name);
            if (at < 0)
            {
                items.Add(value);
            }
            else if (conflict == "replace_source" || name == bag.Name)
            {
                items[at] = value;
            }
            else if (conflict != "keep_source")
            {
                throw new Refusal($"'bag_unpack' would make a second column '{name}'; give a prefix.", call.Span);
            }
        }

        return Projected(input, [.. items, new Computed(hidden, new ColumnValue(bag))]);
    }

    private Scalar Argument(Expression argument, Scope scope) => BindScalar(argument is NamedExpression named ? named.Value : argument, scope);

    private static KqlType TypeOf(char code) => code switch
    {
        'b' => KqlType.Bool,
        'l' => KqlType.Long,
        'r' => KqlType.Real,
        's' => KqlType.String,
        't' => KqlType.DateTime,
        _ => KqlType.Dynamic,
    };

    private static KqlType Widest(IEnumerable<KqlType> types)
    {
        var all = types.Distinct().ToList();
        return all.Count == 1 ? all[0] : all.TrueForAll(type => type.IsNumber()) ? KqlType.Real : all.TrueForAll(type => type is KqlType.String or KqlType.DateTime) ? KqlType.String : KqlType.Dynamic;
    }

    private Plan.Call? FromOpenBag(Rows rows, string name)
    {
        foreach (var column in rows.Columns)
        {
            var (bag, prefix) = _openBags.Find(open => open.Bag == column);
            if (bag is not null && name.StartsWith(prefix, StringComparison.Ordinal))
            {
                return new Call(FunctionTable.Scalars["property"], [new ColumnValue(bag), new Literal(KqlType.String, name[prefix.Length..])], KqlType.Unknown);
            }
        }

        return null;
    }

    /// <summary>The rows of a table of networks that hold the address: the left columns, then the table's.</summary>
    private Plan.Project BindIpLookup(CallExpression call, Rows input, Names names)
    {
        Arguments(call, 3, 3);
        var table = BindRows(call.Arguments[0], new Scope(null, names));
        var address = Convert(BindScalar(call.Arguments[1], new Scope(input, names)), KqlType.String);
        var network = Convert(BindScalar(call.Arguments[2], new Scope(table, names)), KqlType.String);
        var one = new Literal(KqlType.Long, 1L);
        var joined = new Plan.Join(input, table, JoinKind.Inner, [(one, one)], [.. Keep(input.Columns), .. Keep(table.Visible)]);
        var matched = new Plan.Where(joined, Call("ipv4_is_in_range", call.Span, address, network));
        var taken = input.Visible.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        return Projected(matched, [.. Keep(input.Visible), .. table.Visible.Select(column => new Computed(NewColumn(Free(column.Name, taken), column.Type), new ColumnValue(column)))]);
    }

    /// <summary>One column per value of a column; the other columns group.</summary>
    private Plan.Summarize BindPivot(Syntax.Evaluate evaluate, Rows input, Names names)
    {
        var call = evaluate.Call;
        Arguments(call, 1, 20);
        var scope = new Scope(input, names);
        var by = BindScalar(call.Arguments[0], scope) as ColumnValue ?? throw new Refusal("'pivot' needs a column.", call.Span);
        var aggregate = call.Arguments.Count > 1 ? call.Arguments[1] as CallExpression : new CallExpression(call.Span, "count", []);
        if (aggregate is null || !FunctionTable.Aggregates.TryGetValue(aggregate.Name, out var function))
        {
            throw new Refusal("'pivot' needs an aggregate as its second argument.", call.Span);
        }

        var used = aggregate.Arguments.Select(argument => BindScalar(argument, scope)).OfType<ColumnValue>().Select(value => value.Column).Append(by.Column).ToHashSet();
        var kept = call.Arguments.Count > 2
            ? call.Arguments.Skip(2).Select(argument => BindScalar(argument, scope) is ColumnValue value ? value.Column : throw new Refusal("'pivot' groups by columns.", argument.Span)).ToList()
            : [.. input.Visible.Where(column => !used.Contains(column))];
        var found = evaluate.Schema?.Where(column => column.Name != "*" && !kept.Exists(own => own.Name == column.Name)).Select(column => column.Name).ToList()
            ?? Discovered(input, Convert(by, KqlType.String));
        var calls = new List<AggregateCall>();
        foreach (var value in (found ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var isThis = Call("==", call.Span, Convert(by, KqlType.String), new Literal(KqlType.String, value));
            var arguments = CheckArguments(function.Signature, [.. aggregate.Arguments.Select(argument => BindScalar(argument, scope))], call.Span, null);
            calls.Add(new AggregateCall(function, arguments, [NewColumn(value, ResultType(function.Signature, arguments))]) { Filter = isThis });
        }

        return new Plan.Summarize(input, [.. HiddenKeys(input), .. Keep(kept)], calls);
    }

    /// <summary>Row number, column name and value as text: one row per cell.</summary>
    private Plan.Union BindNarrow(Rows input)
    {
        var number = NewColumn("$row", KqlType.Long);
        var numbered = new Numbered(input, number);
        var shared = Share("narrow", numbered, isMaterialized: true);
        Column[] columns = [NewColumn("Row", KqlType.Long), NewColumn("Column", KqlType.String), NewColumn("Value", KqlType.String)];
        var parts = new List<(Rows, IReadOnlyList<Scalar>)>();
        foreach (var column in input.Visible)
        {
            var use = Use(shared);
            var own = use.Columns[numbered.Columns.ToList().IndexOf(column)];
            parts.Add((use, [Arithmetic("-", new ColumnValue(use.Columns[^1]), new Literal(KqlType.Long, 1L), default), new Literal(KqlType.String, column.Name), Convert(new ColumnValue(own), KqlType.String)]));
        }

        return new Plan.Union(parts, columns);
    }
}
