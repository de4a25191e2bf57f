using Weir.Kql.Contracts;

namespace Weir.Kql.Emit.DuckDb;

/// <summary>One type as another, in SQL. What cannot be converted is NULL; strings are never NULL.</summary>
internal static class Conversions
{
    public static string SqlType(KqlType type) => type switch
    {
        KqlType.Bool => "BOOLEAN",
        KqlType.Int => "INTEGER",
        KqlType.Long or KqlType.DateTime or KqlType.TimeSpan => "BIGINT",
        KqlType.Real or KqlType.Decimal => "DOUBLE",
        KqlType.Guid => "UUID",
        KqlType.Dynamic or KqlType.Unknown => "JSON",
        _ => "VARCHAR",
    };

    /// <summary>The conversion mentions its argument more than once.</summary>
    public static bool Repeats(KqlType from, KqlType to) => from is not (KqlType.Int or KqlType.Long) || to is KqlType.Dynamic or KqlType.Int;

    public static string Convert(string sql, KqlType from, KqlType to)
    {
        if (from == to || (from == KqlType.Dynamic && to == KqlType.Unknown) || (from == KqlType.Unknown && to == KqlType.Dynamic))
        {
            return sql;
        }

        return to switch
        {
            KqlType.String => ToText(sql, from),
            KqlType.Long => ToLong(sql, from),
            KqlType.Int => from switch
            {
                KqlType.Int => sql,
                KqlType.Long => $"coalesce(TRY_CAST({sql} AS INTEGER), kql_to_int({sql}::HUGEINT))",
                KqlType.Real or KqlType.Decimal => $"kql_real_int({sql})",
                KqlType.Dynamic or KqlType.Unknown => $"kql_json_int({sql})",
                _ => $"TRY_CAST({ToLong(sql, from)} AS INTEGER)",
            },
            KqlType.Real or KqlType.Decimal => ToReal(sql, from),
            KqlType.Bool => ToBool(sql, from),
            KqlType.DateTime => ToDateTime(sql, from),
            KqlType.TimeSpan => ToTimeSpan(sql, from),
            KqlType.Guid => $"TRY_CAST({ToText(sql, from)} AS UUID)",
            _ => ToDynamic(sql, from),
        };
    }

    /// <summary>The value as an element of a JSON array or object: JSON null for null.</summary>
    public static string Element(string sql, KqlType type) => type switch
    {
        KqlType.String or KqlType.Bool or KqlType.Int or KqlType.Long => $"to_json({sql})",
        KqlType.Dynamic or KqlType.Unknown => $"coalesce({sql}, 'null'::JSON)",
        _ => $"coalesce({ToDynamic(sql, type)}, 'null'::JSON)",
    };

    private static string ToText(string sql, KqlType from) => from switch
    {
        KqlType.String => sql,
        KqlType.Bool => $"CASE WHEN {sql} THEN 'True' WHEN NOT {sql} THEN 'False' ELSE '' END",
        KqlType.Real or KqlType.Decimal => $"kql_real_text({sql})",
        KqlType.DateTime => $"kql_datetime_text({sql})",
        KqlType.TimeSpan => $"kql_timespan_text({sql})",
        KqlType.Dynamic or KqlType.Unknown => $"kql_text({sql})",
        _ => $"coalesce({sql}::VARCHAR, '')",
    };

    private static string ToLong(string sql, KqlType from) => from switch
    {
        KqlType.Long or KqlType.DateTime or KqlType.TimeSpan => sql,
        KqlType.Int or KqlType.Bool => $"{sql}::BIGINT",
        KqlType.Real or KqlType.Decimal => $"kql_real_long({sql})",
        KqlType.String => $"kql_to_long({sql})",
        KqlType.Dynamic or KqlType.Unknown => $"kql_json_long({sql})",
        _ => "NULL::BIGINT",
    };

    private static string ToReal(string sql, KqlType from) => from switch
    {
        KqlType.Real or KqlType.Decimal => sql,
        KqlType.String => $"kql_to_real({sql})",
        KqlType.Dynamic or KqlType.Unknown => $"kql_json_real({sql})",
        KqlType.Bool => $"{sql}::INTEGER::DOUBLE",
        KqlType.Guid => "NULL::DOUBLE",
        _ => $"{sql}::DOUBLE",
    };

    private static string ToBool(string sql, KqlType from) => from switch
    {
        KqlType.String => $"kql_to_bool({sql})",
        KqlType.Dynamic or KqlType.Unknown => $"kql_json_bool({sql})",
        KqlType.Guid => "NULL::BOOLEAN",
        _ => $"({sql} <> 0)",
    };

    private static string ToDateTime(string sql, KqlType from) => from switch
    {
        KqlType.Long or KqlType.Int => $"kql_in_time({sql}::BIGINT)",
        KqlType.String => $"kql_to_datetime({sql})",
        KqlType.Dynamic or KqlType.Unknown => $"kql_to_datetime(kql_text({sql}))",
        KqlType.Real or KqlType.Decimal => $"kql_in_time(TRY_CAST(trunc({sql}) AS BIGINT))",
        _ => "NULL::BIGINT",
    };

    private static string ToTimeSpan(string sql, KqlType from) => from switch
    {
        KqlType.Long or KqlType.Int => $"{sql}::BIGINT",
        KqlType.String => $"kql_to_timespan({sql})",
        KqlType.Dynamic or KqlType.Unknown => $"kql_json_timespan({sql})",
        KqlType.Real or KqlType.Decimal => $"TRY_CAST({sql} * 864000000000 AS BIGINT)",
        _ => "NULL::BIGINT",
    };

    private static string ToDynamic(string sql, KqlType from) => from switch
    {
        KqlType.Dynamic or KqlType.Unknown => sql,
        KqlType.String => $"to_json({sql})",
        KqlType.Real => $"kql_real_json({sql})",
        KqlType.Decimal or KqlType.DateTime or KqlType.TimeSpan or KqlType.Guid => $"CASE WHEN {sql} IS NOT NULL THEN to_json({ToText(sql, from)}) END",
        _ => $"CASE WHEN {sql} IS NOT NULL THEN to_json({sql}) END",
    };
}
