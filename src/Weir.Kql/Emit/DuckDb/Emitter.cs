using System.Globalization;
using System.Text;
using Weir.Kql.Contracts;
using Weir.Kql.Functions;
using Weir.Kql.Plan;

namespace Weir.Kql.Emit.DuckDb;

/// <summary>A plan to one SELECT for DuckDB. Stateful: one query each.</summary>
internal sealed partial class Emitter
{
    private readonly Dictionary<SharedRows, string> _shared = [];
    private readonly List<string> _ctes = [];
    private int _names;

    /// <summary>The whole statement.</summary>
    public string Query(Rows rows)
    {
        var columns = string.Join(", ", rows.Visible.Select(Name));
        var body = $"SELECT {(columns.Length == 0 ? "NULL" : columns)} FROM {From(rows)}";
        return _ctes.Count == 0 ? body : $"WITH {string.Join(", ", _ctes)} {body}";
    }

    /// <summary>The names that a discovery pass looks for: one column, distinct.</summary>
    public string Query(Discovery discovery)
    {
        var frame = new Frame(this);
        var from = From(discovery.Input);
        var names = Scalar(discovery.Names, frame);
        var list = discovery.Names.Type == KqlType.Dynamic ? $"unnest(kql_texts({names}))" : names;
        var body = $"SELECT DISTINCT {list} AS name FROM {frame.Wrap(from)} ORDER BY 1 LIMIT 500";
        return _ctes.Count == 0 ? body : $"WITH {string.Join(", ", _ctes)} {body}";
    }

    public string NextName() => $"\"${_names++}\"";

    /// <summary>A text as a literal. DuckDB knows one escape inside quotes, the doubled quote; NUL would end the statement.</summary>
    public static string Text(string text) =>
        text.Length == 0 ? "''" : $"'{text.Replace("'", "''", StringComparison.Ordinal).Replace('\0', '\ufffd')}'::VARCHAR";

    /// <summary>The column's name in SQL: its own, made unique by its number, since DuckDB's names ignore case.</summary>
    public static string Name(Column column)
    {
        var name = new StringBuilder("\"");
        foreach (var c in column.Name.AsSpan(0, Math.Min(column.Name.Length, 40)))
        {
            name.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        }

        return name.Append(CultureInfo.InvariantCulture, $"_{column.Id}\"").ToString();
    }

    public string Scalar(Scalar scalar, Frame frame) => Scalar(scalar, frame, isFilter: false);

    /// <summary>A condition; under a filter NULL may stand for false.</summary>
    public string Predicate(Scalar scalar, Frame frame, bool isFilter) => Scalar(scalar, frame, isFilter);

    private string Scalar(Scalar scalar, Frame frame, bool isFilter)
    {
        switch (scalar)
        {
            case Literal literal:
                return Literal(literal);
            case ColumnValue value:
                return Name(value.Column);
            case ToType conversion:
                return Convert(conversion, frame);
            case Call call:
                var emitted = call.Function.Sql(new EmittedCall(this, frame, call.Arguments, call.Type, isFilter && call.Function.Name is "and" or "or" || (isFilter && call.Type == KqlType.Bool)));
                return call.Function.IsWindow ? frame.Hoist(emitted) : emitted;
            case Membership membership:
                return Member(membership, frame, isFilter);
            case TableScalar table:
                var first = $"(SELECT {Name(table.Column)} FROM {From(table.Table)} LIMIT 1)";
                return table.Type == KqlType.String ? $"coalesce({first}, '')" : first;
            case TableArray array:
                var element = Name(array.Column);
                var list = array.Column.Type.IsDynamic() ? $"flatten(list(kql_flat({element})))" : $"list({Conversions.Element(element, array.Column.Type)})";
                return $"(SELECT to_json({list}) FROM {From(array.Table)})";
            default:
                throw new InvalidOperationException($"No SQL for {scalar.GetType().Name}.");
        }
    }

    private string Convert(ToType conversion, Frame frame)
    {
        var sql = Scalar(conversion.Value, frame);
        if (sql.Contains('(', StringComparison.Ordinal) && Conversions.Repeats(conversion.Value.Type, conversion.Type))
        {
            sql = frame.Hoist(sql);
        }

        return Conversions.Convert(sql, conversion.Value.Type, conversion.Type);
    }

    private string Member(Membership membership, Frame frame, bool isFilter)
    {
        var value = Scalar(membership.Value, frame);
        var column = Name(membership.Column);
        var isText = membership.Value.Type == KqlType.String;
        if (membership.IgnoresCase)
        {
            (value, column) = ($"lower({value})", $"lower({column})");
        }

        var test = $"{value} {(membership.IsNegated ? "NOT IN" : "IN")} (SELECT {column} FROM {From(membership.Table)}{(isText ? "" : $" WHERE {column} IS NOT NULL")})";
        return isText || (isFilter && !membership.IsNegated) ? $"({test})" : $"coalesce({test}, {(membership.IsNegated ? "true" : "false")})";
    }

    private static string Literal(Literal literal) => literal switch
    {
        { Value: null, Type: KqlType.String } => "''",
        { Value: null } => $"NULL::{Conversions.SqlType(literal.Type)}",
        { Value: string text, Type: KqlType.Dynamic } => $"{Text(text)}::JSON",
        { Value: string text } => Text(text),
        { Value: bool flag } => flag ? "true" : "false",
        { Value: int number } => string.Create(CultureInfo.InvariantCulture, $"{number}::INTEGER"),
        { Value: long.MinValue } => "(-9223372036854775807::BIGINT - 1::BIGINT)",
        { Value: long number } => string.Create(CultureInfo.InvariantCulture, $"{(number < 0 ? "(" : "")}{number}{(number < 0 ? ")" : "")}::BIGINT"),
        { Value: double number } => double.IsFinite(number)
            ? string.Create(CultureInfo.InvariantCulture, $"{(double.IsNegative(number) ? "(" : "")}{number:R}{(double.IsNegative(number) ? ")" : "")}::DOUBLE")
            : $"'{(double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf")}'::DOUBLE",
        { Value: Guid guid } => $"'{guid}'::UUID",
        _ => throw new InvalidOperationException($"No SQL for a literal of {literal.Type}."),
    };
}
