using Weir.Kql.Contracts;

namespace Weir.Events.Schema;

/// <summary>How the KQL types are kept in DuckDB.</summary>
internal static class DuckDbTypes
{
    /// <summary>The SQL type of a stored column. Strings are to be declared NOT NULL DEFAULT ''.</summary>
    public static string SqlName(this KqlType type) => type switch
    {
        KqlType.Bool => "BOOLEAN",
        KqlType.Int => "INTEGER",
        KqlType.Long or KqlType.DateTime or KqlType.TimeSpan => "BIGINT",
        KqlType.Real or KqlType.Decimal => "DOUBLE",
        KqlType.Guid => "UUID",
        KqlType.Dynamic => "JSON",
        _ => "VARCHAR",
    };

    /// <summary>Column list for CREATE TABLE: name, type, and for strings NOT NULL DEFAULT ''.</summary>
    public static string ColumnDefinitions(this HuntingTable table) =>
        string.Join(", ", table.StoredColumns.Select(column =>
            $"\"{column.Name}\" {column.Type.SqlName()}{(column.Type == KqlType.String ? " NOT NULL DEFAULT ''" : "")}"));
}
