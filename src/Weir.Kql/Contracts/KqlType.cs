namespace Weir.Kql.Contracts;

/// <summary>The scalar types of KQL. In SQL: datetime and timespan are BIGINT ticks of 100 ns, dynamic is JSON, string is never null.</summary>
public enum KqlType
{
    /// <summary>Not known before the data is (columns of <c>bag_unpack</c>).</summary>
    Unknown,
    Bool,
    Int,
    Long,
    Real,
    Decimal,
    String,
    DateTime,
    TimeSpan,
    Guid,
    Dynamic,
}

/// <summary>Names of the types as KQL writes them.</summary>
public static class KqlTypes
{
    public static string Name(this KqlType type) => type switch
    {
        KqlType.Bool => "bool",
        KqlType.Int => "int",
        KqlType.Long => "long",
        KqlType.Real => "real",
        KqlType.Decimal => "decimal",
        KqlType.String => "string",
        KqlType.DateTime => "datetime",
        KqlType.TimeSpan => "timespan",
        KqlType.Guid => "guid",
        KqlType.Dynamic => "dynamic",
        _ => "unknown",
    };

    /// <summary>The type of that name or synonym; null when there is none.</summary>
    public static KqlType? Parse(string name) => name switch
    {
        "bool" or "boolean" => KqlType.Bool,
        "int" or "int32" => KqlType.Int,
        "long" or "int64" => KqlType.Long,
        "real" or "double" => KqlType.Real,
        "decimal" => KqlType.Decimal,
        "string" => KqlType.String,
        "datetime" or "date" => KqlType.DateTime,
        "timespan" or "time" => KqlType.TimeSpan,
        "guid" or "uuid" or "uniqueid" => KqlType.Guid,
        "dynamic" => KqlType.Dynamic,
        _ => null,
    };
}
