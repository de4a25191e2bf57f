using System.Text.Json;

namespace Weir.Portal.Explorer;

/// <summary>JSON text from the record. What cannot be read is nothing, never an exception.</summary>
internal static class LooseJson
{
    public static JsonElement? Read(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The strings of an array, or the single string; empty for anything else.</summary>
    public static IReadOnlyList<string> Strings(JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)],
        { ValueKind: JsonValueKind.String } single => [single.GetString()!],
        _ => [],
    };

    /// <summary>A property by one of its names, whatever their case.</summary>
    public static JsonElement? Property(JsonElement? element, params string[] names)
    {
        if (element is not { ValueKind: JsonValueKind.Object } known)
        {
            return null;
        }

        foreach (var property in known.EnumerateObject())
        {
            if (names.Contains(property.Name, StringComparer.OrdinalIgnoreCase))
            {
                return property.Value;
            }
        }

        return null;
    }

    /// <summary>The text of a property by one of its names; empty when there is none.</summary>
    public static string Text(JsonElement? element, params string[] names) => Property(element, names) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        null or { ValueKind: JsonValueKind.Null } => "",
        { } other => other.GetRawText(),
    };
}
