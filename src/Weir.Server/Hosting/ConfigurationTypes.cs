using System.ComponentModel;
using Weir.Kernel;

namespace Weir.Server.Hosting;

/// <summary>Finds values of the configuration that are of the wrong kind, such as a text where a number belongs.</summary>
internal static class ConfigurationTypes
{
    /// <param name="placeOf">Where the value of a path (<c>server:port</c>) was written.</param>
    /// <returns>One sentence for each wrong value. Unknown keys are passed over.</returns>
    public static IReadOnlyList<string> Wrong(IConfiguration configuration, IEnumerable<ConfigurationSectionDescription> descriptions, Func<string, string> placeOf)
    {
        var problems = new List<string>();
        foreach (var description in descriptions)
        {
            Check(configuration.GetSection(description.Section), description.Options, placeOf, problems);
        }

        return problems;
    }

    private static void Check(IConfigurationSection section, Type type, Func<string, string> placeOf, List<string> problems)
    {
        var text = section.Value;
        if (ConfigurationShape.IsScalar(type))
        {
            if (section.GetChildren().Any())
            {
                Add($"is a list or an object, but must be {Called(type)}");
            }
            else if (text is not null && !IsOf(type, text))
            {
                Add($"is '{text}', but must be {Called(type)}");
            }

            return;
        }

        var element = ConfigurationShape.ElementOf(type);
        if (text is { Length: > 0 })
        {
            Add($"is '{text}', but must be {(element is null ? "an object: { … }" : "a list: [ … ]")}");
            return;
        }

        var keys = element is null ? ConfigurationShape.KeysOf(type) : null;
        foreach (var child in section.GetChildren())
        {
            if ((element ?? keys!.GetValueOrDefault(child.Key)) is { } wanted)
            {
                Check(child, wanted, placeOf, problems);
            }
        }

        void Add(string problem) => problems.Add($"{placeOf(section.Path)}: {section.Path.Replace(':', '.')} {problem}");
    }

    private static bool IsOf(Type type, string text)
    {
        var plain = ConfigurationShape.Plain(type);
        if (text.Length == 0 && plain != type)
        {
            return true;
        }

        try
        {
            return TypeDescriptor.GetConverter(plain).ConvertFromInvariantString(text) is not null;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            return false;
        }
    }

    private static string Called(Type type) => ConfigurationShape.Plain(type) switch
    {
        { IsEnum: true } choice => "one of " + string.Join(", ", Enum.GetNames(choice).Select(name => char.ToLowerInvariant(name[0]) + name[1..])),
        var plain when plain == typeof(string) => "a text",
        var plain when plain == typeof(bool) => "true or false",
        var plain when plain == typeof(double) || plain == typeof(float) || plain == typeof(decimal) => "a number",
        var plain when plain == typeof(TimeSpan) => "a time such as \"00:00:30\" or \"90.00:00:00\"",
        var plain when plain == typeof(DateTimeOffset) => "a time such as \"2026-11-02T08:00:00Z\"",
        var plain when plain == typeof(Uri) => "an address such as \"https://mail.example/\"",
        _ => "a whole number",
    };
}
