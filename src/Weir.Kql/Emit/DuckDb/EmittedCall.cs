using Weir.Kql.Contracts;
using Weir.Kql.Plan;

namespace Weir.Kql.Emit.DuckDb;

/// <summary>What a function's emission works with: its arguments as SQL, their types, and a place for text.</summary>
internal sealed class EmittedCall(Emitter emitter, Frame frame, IReadOnlyList<Scalar> arguments, KqlType result, bool isFilter)
{
    private readonly string?[] _sql = new string?[arguments.Count];

    public int Count => arguments.Count;

    public KqlType Result => result;

    /// <summary>NULL may stand for false: the call is a condition of WHERE.</summary>
    public bool IsFilter => isFilter;

    /// <summary>For aggregates: <c>ORDER BY …</c> inside the brackets when the input is ordered, otherwise empty.</summary>
    public string OrderBy { get; init; } = "";

    /// <summary>For aggregates: the rows are those that the query itself brings.</summary>
    public bool IsSmall { get; init; }

    /// <summary>For aggregates: the condition, otherwise null.</summary>
    public string? Filter { get; init; }

    /// <summary>For aggregates: <c> FILTER (WHERE …)</c> or nothing.</summary>
    public string FilterClause => Filter is null ? "" : $" FILTER (WHERE {Filter})";

    /// <summary>The filter together with a further condition.</summary>
    public string FilterAnd(string condition) => Filter is null ? $" FILTER (WHERE {condition})" : $" FILTER (WHERE {Filter} AND {condition})";

    public string this[int i] => _sql[i] ??= emitter.Scalar(arguments[i], frame);

    /// <summary>The argument in a form that may be repeated.</summary>
    public string Once(int i) => arguments[i] is Literal || IsSimple(this[i]) ? this[i] : frame.Hoist(this[i]);

    /// <summary>Any SQL in a form that may be repeated.</summary>
    public string Once(string sql) => IsSimple(sql) ? sql : frame.Hoist(sql);

    /// <summary>The number of the row in the order of the input.</summary>
    public string RowNumber() => frame.RowNumber();

    public KqlType Type(int i) => arguments[i].Type;

    /// <summary>The value of a constant argument, otherwise null.</summary>
    public object? Constant(int i) => i < arguments.Count && arguments[i] is Literal literal ? literal.Value : null;

    public bool IsLiteral(int i) => arguments[i] is Literal;

    /// <summary>The argument can be NULL in SQL.</summary>
    public bool IsNullable(int i) => arguments[i].Type != KqlType.String && arguments[i] is not Literal { Value: not null };

    /// <summary>A condition argument.</summary>
    public string Predicate(int i) => emitter.Predicate(arguments[i], frame, isFilter);

    public static string Text(string text) => Emitter.Text(text);

    /// <summary>The argument as a JSON element; JSON null for null.</summary>
    public string Json(int i) => Conversions.Element(Once(i), Type(i));

    public IEnumerable<int> Indices => Enumerable.Range(0, arguments.Count);

    private static bool IsSimple(string sql) => sql.Length <= 40 && !sql.Contains('(', StringComparison.Ordinal);
}
