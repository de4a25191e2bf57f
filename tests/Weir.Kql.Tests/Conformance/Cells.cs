using System.Globalization;
using System.Text.Json;

namespace Weir.Kql.Tests.Conformance;

/// <summary>Compares a cell of an answer with an expected JSON value.</summary>
internal static class Cells
{
    public static bool Same(JsonElement expected, object? actual, string type) => type switch
    {
        "string" => Text(expected) == (string)actual!,
        "datetime" => actual is null ? IsNull(expected) : Text(expected) == ((DateTime)actual).ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture),
        "timespan" => actual is null ? IsNull(expected) : expected.ValueKind == JsonValueKind.Object && expected.GetProperty("ticks").GetInt64() == ((TimeSpan)actual).Ticks,
        "bool" => actual is null ? IsNull(expected) : expected.ValueKind == ((bool)actual ? JsonValueKind.True : JsonValueKind.False),
        "guid" => actual is null ? IsNull(expected) : string.Equals(Text(expected), actual.ToString(), StringComparison.OrdinalIgnoreCase),
        "dynamic" or "unknown" => actual is null ? IsNull(expected) : SameJson(expected, JsonDocument.Parse((string)actual).RootElement),
        _ => actual is null ? IsNull(expected) : Number(expected) is { } number && Near(number, System.Convert.ToDouble(actual, CultureInfo.InvariantCulture)),
    };

    /// <summary>The cell as the text that some suites expect; numbers and times leniently.</summary>
    public static bool SameText(JsonElement expected, object? actual, string type)
    {
        var text = Text(expected);
        switch (actual)
        {
            case null:
                return text.Length == 0;
            case bool flag:
                return text == flag.ToString();
            case int or long or double or decimal:
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    && (Near(number, System.Convert.ToDouble(actual, CultureInfo.InvariantCulture)) || Math.Abs(number - System.Convert.ToDouble(actual, CultureInfo.InvariantCulture)) < 1e-6 * Math.Max(1, Math.Abs(number)));
            case DateTime time:
                return text.Length >= 19 && time.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) == text[..19].Replace(' ', 'T');
            case TimeSpan span:
                return text == span.ToString("c", CultureInfo.InvariantCulture);
            case string json when type == "dynamic":
                return text == json || SameJson(JsonDocument.Parse(Quoted(text)).RootElement, JsonDocument.Parse(json).RootElement);
            default:
                return string.Equals(text, actual.ToString(), type == "guid" ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
        }
    }

    private static string Quoted(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return text;
        }
        catch (JsonException)
        {
            return $"\"{JsonEncodedText.Encode(text)}\"";
        }
    }

    private static bool SameJson(JsonElement a, JsonElement b)
    {
        if (a.ValueKind == JsonValueKind.Number && b.ValueKind == JsonValueKind.Number)
        {
            return Near(a.GetDouble(), b.GetDouble());
        }

        if (a.ValueKind != b.ValueKind)
        {
            return false;
        }

        return a.ValueKind switch
        {
            JsonValueKind.Array => a.GetArrayLength() == b.GetArrayLength() && a.EnumerateArray().Zip(b.EnumerateArray()).All(pair => SameJson(pair.First, pair.Second)),
            JsonValueKind.Object => a.EnumerateObject().Count() == b.EnumerateObject().Count()
                && a.EnumerateObject().All(property => b.TryGetProperty(property.Name, out var other) && SameJson(property.Value, other)),
            JsonValueKind.String => a.GetString() == b.GetString(),
            _ => true,
        };
    }

    private static bool IsNull(JsonElement value) => value.ValueKind == JsonValueKind.Null;

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };

    private static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : value.ValueKind != JsonValueKind.String ? null
        : value.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        };

    private static bool Near(double a, double b) =>
        double.IsNaN(a) ? double.IsNaN(b) : a.Equals(b) || (double.IsFinite(a) && double.IsFinite(b) && Math.Abs(a - b) <= 1e-9 * Math.Max(Math.Abs(a), Math.Abs(b)));
}
