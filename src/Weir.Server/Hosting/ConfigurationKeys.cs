using System.Globalization;
using System.Reflection;
using Weir.Kernel;

namespace Weir.Server.Hosting;

/// <summary>Finds keys of <c>weir.json</c> and the environment that no module knows, so that a typing error is not silently ignored.</summary>
internal static class ConfigurationKeys
{
    /// <returns>One sentence for each unknown key, naming the nearest right one.</returns>
    public static IReadOnlyList<string> Unknown(IConfiguration configuration, IEnumerable<ConfigurationSectionDescription> descriptions)
    {
        var known = descriptions.ToList();
        var problems = new List<string>();
        foreach (var section in configuration.GetChildren())
        {
            if (known.Find(description => description.Section.Equals(section.Key, StringComparison.OrdinalIgnoreCase)) is { } description)
            {
                Check(section, description.Options, problems);
            }
            else
            {
                problems.Add(Sentence("section", section.Path, known.Select(description => description.Section)));
            }
        }

        return problems;
    }

    private static void Check(IConfigurationSection section, Type type, List<string> problems)
    {
        if (ElementOf(type) is { } element)
        {
            foreach (var item in section.GetChildren())
            {
                Check(item, element, problems);
            }

            return;
        }

        if (IsScalar(type))
        {
            return;
        }

        var properties = type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.CanWrite).ToDictionary(NameOf, StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren())
        {
            if (properties.TryGetValue(child.Key, out var property))
            {
                Check(child, property.PropertyType, problems);
            }
            else
            {
                problems.Add(Sentence("key", child.Path, properties.Keys));
            }
        }
    }

    /// <summary>The element type of a list or the value type of a dictionary.</summary>
    private static Type? ElementOf(Type type) =>
        type == typeof(string) ? null
        : type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.IsAssignableTo(typeof(System.Collections.IEnumerable)) ? type.GetGenericArguments()[^1]
        : type.IsGenericType && type.Name.StartsWith("IReadOnly", StringComparison.Ordinal) ? type.GetGenericArguments()[^1]
        : null;

    private static bool IsScalar(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsPrimitive || plain.IsEnum || plain == typeof(string) || plain == typeof(TimeSpan) || plain == typeof(Uri) || plain == typeof(decimal) || plain == typeof(DateTimeOffset);
    }

    private static string NameOf(PropertyInfo property)
    {
        var name = property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name;
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static string Sentence(string what, string path, IEnumerable<string> known)
    {
        var last = path[(path.LastIndexOf(':') + 1)..];
        var nearest = known.Order(StringComparer.Ordinal).MinBy(name => Distance(name.ToLowerInvariant(), last.ToLowerInvariant()));
        return string.Create(CultureInfo.InvariantCulture, $"weir.json: there is no {what} '{path.Replace(':', '.')}'{(nearest is null ? "" : $"; did you mean '{nearest}'?")}");
    }

    /// <summary>Levenshtein distance.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
            }
        }

        return row[b.Length];
    }
}
