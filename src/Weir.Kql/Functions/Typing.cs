using Weir.Kql.Contracts;

namespace Weir.Kql.Functions;

/// <summary>Which types go together.</summary>
internal static class Typing
{
    public static bool IsNumber(this KqlType type) => type is KqlType.Int or KqlType.Long or KqlType.Real or KqlType.Decimal;

    public static bool IsWhole(this KqlType type) => type is KqlType.Int or KqlType.Long;

    public static bool IsDynamic(this KqlType type) => type is KqlType.Dynamic or KqlType.Unknown;

    /// <summary>The type that holds both: the wider number, or the one that is known; null when there is none.</summary>
    public static KqlType? Common(KqlType a, KqlType b) =>
        a == b ? a
        : a == KqlType.Unknown ? b
        : b == KqlType.Unknown ? a
        : a.IsNumber() && b.IsNumber() ? (a == KqlType.Decimal || b == KqlType.Decimal ? KqlType.Decimal : a == KqlType.Real || b == KqlType.Real ? KqlType.Real : KqlType.Long)
        : null;

    /// <summary>Whether an argument of a type may stand for a parameter.</summary>
    public static bool Accepts(this Parameter parameter, KqlType type) => type.IsDynamic() || parameter.Word switch
    {
        "any" or "same" => true,
        "number" => type.IsNumber(),
        "integer" => type.IsWhole(),
        "summable" => type.IsNumber() || type is KqlType.TimeSpan or KqlType.DateTime or KqlType.Bool,
        "orderable" => type != KqlType.Unknown,
        "long" or "int" => type.IsWhole(),
        "real" => type.IsNumber(),
        "bool" => type is KqlType.Bool,
        _ => type == parameter.Type,
    };

    /// <summary>The type that an accepted argument is turned into.</summary>
    public static KqlType Target(this Parameter parameter, KqlType type) => parameter.Word switch
    {
        "number" or "summable" => type.IsDynamic() ? KqlType.Real : type,
        "integer" => type.IsDynamic() ? KqlType.Long : type,
        "any" or "same" or "orderable" => type == KqlType.Unknown ? KqlType.Dynamic : type,
        "long" => KqlType.Long,
        _ => parameter.Type ?? type,
    };
}
