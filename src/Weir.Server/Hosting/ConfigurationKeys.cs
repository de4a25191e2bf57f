using System.Globalization;
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
        if (ConfigurationShape.ElementOf(type) is { } element)
        {
            foreach (var item in section.GetChildren())
            {
                Check(item, element, problems);
            }

            return;
        }

        if (ConfigurationShape.IsScalar(type))
        {
            return;
        }

        var keys = ConfigurationShape.KeysOf(type);
        foreach (var child in section.GetChildren())
        {
            if (keys.TryGetValue(child.Key, out var valueType))
            {
                Check(child, valueType, problems);
            }
            else
            {
                problems.Add(Sentence("key", child.Path, keys.Keys));
            }
        }
    }

    private static string Sentence(string what, string path, IEnumerable<string> known)
    {
        var nearest = Spelling.Nearest(path[(path.LastIndexOf(':') + 1)..], known);
        return string.Create(CultureInfo.InvariantCulture, $"weir.json: there is no {what} '{path.Replace(':', '.')}'{(nearest is null ? "" : $"; did you mean '{nearest}'?")}");
    }
}
