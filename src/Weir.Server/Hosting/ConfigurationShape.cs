using System.Reflection;

namespace Weir.Server.Hosting;

/// <summary>What the configuration may hold, as the records that it is bound to say.</summary>
internal static class ConfigurationShape
{
    /// <summary>The element type of a list or the value type of a dictionary; nothing for other types.</summary>
    public static Type? ElementOf(Type type) =>
        type == typeof(string) ? null
        : type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.IsAssignableTo(typeof(System.Collections.IEnumerable)) ? type.GetGenericArguments()[^1]
        : type.IsGenericType && type.Name.StartsWith("IReadOnly", StringComparison.Ordinal) ? type.GetGenericArguments()[^1]
        : null;

    /// <summary>A value that stands in one word.</summary>
    public static bool IsScalar(Type type)
    {
        var plain = Plain(type);
        return plain.IsPrimitive || plain.IsEnum || plain == typeof(string) || plain == typeof(TimeSpan) || plain == typeof(Uri) || plain == typeof(decimal) || plain == typeof(DateTimeOffset);
    }

    /// <summary>The type without its being optional.</summary>
    public static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    /// <summary>The keys of an object and the types of their values.</summary>
    public static IReadOnlyDictionary<string, Type> KeysOf(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.CanWrite)
            .ToDictionary(NameOf, property => property.PropertyType, StringComparer.OrdinalIgnoreCase);

    private static string NameOf(PropertyInfo property)
    {
        var name = property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name;
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
