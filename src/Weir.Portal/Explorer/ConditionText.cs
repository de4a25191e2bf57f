using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Weir.Portal.Explorer;

/// <summary>Conditions as the short JSON that an address carries. Reading never throws; what is not understood is named.</summary>
internal static class ConditionText
{
    /// <summary>Bounds for an address made by somebody else: depth, conditions, values of one, characters of a value.</summary>
    public const int MaxDepth = 12, MaxConditions = 200, MaxValues = 200, MaxLength = 2_000;

    private static readonly Dictionary<string, ConditionOperator> Operators = new(StringComparer.Ordinal)
    {
        ["is"] = ConditionOperator.Is,
        ["not"] = ConditionOperator.IsNot,
        ["has"] = ConditionOperator.Contains,
        ["hasnot"] = ConditionOperator.DoesNotContain,
        ["starts"] = ConditionOperator.StartsWith,
        ["gt"] = ConditionOperator.Greater,
        ["lt"] = ConditionOperator.Less,
    };

    public static string Write(ConditionGroup group)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, group);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    public static ConditionGroup Read(string? text, ICollection<string> problems)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return ConditionGroup.Everything;
        }

        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth * 2 });
            var left = MaxConditions;
            return Read(document.RootElement, problems, ref left, 0) switch
            {
                ConditionGroup group => group,
                { } single => new ConditionGroup(IsAny: false, IsNegated: false, [single]),
                null => ConditionGroup.Everything,
            };
        }
        catch (JsonException)
        {
            problems.Add("it is not as Explorer writes it");
            return ConditionGroup.Everything;
        }
    }

    private static void Write(Utf8JsonWriter writer, Condition condition)
    {
        writer.WriteStartObject();
        switch (condition)
        {
            case ConditionTest test:
                writer.WriteString("p", test.Property);
                writer.WriteStartArray(Operators.First(pair => pair.Value == test.Operator).Key);
                foreach (var value in test.Values)
                {
                    writer.WriteStringValue(value);
                }

                writer.WriteEndArray();
                break;
            case ConditionGroup group:
                if (group.IsNegated)
                {
                    writer.WriteBoolean("no", value: true);
                }

                writer.WriteStartArray(group.IsAny ? "or" : "and");
                foreach (var part in group.Parts)
                {
                    Write(writer, part);
                }

                writer.WriteEndArray();
                break;
        }

        writer.WriteEndObject();
    }

    private static Condition? Read(JsonElement element, ICollection<string> problems, ref int left, int depth)
    {
        if (element.ValueKind != JsonValueKind.Object || depth > MaxDepth || --left < 0)
        {
            problems.Add("it has more or deeper conditions than allowed");
            return null;
        }

        return element.TryGetProperty("p", out var property) ? ReadTest(element, property, problems) : ReadGroup(element, problems, ref left, depth);
    }

    private static ConditionGroup? ReadGroup(JsonElement element, ICollection<string> problems, ref int left, int depth)
    {
        var isAny = element.TryGetProperty("or", out var parts);
        if ((!isAny && !element.TryGetProperty("and", out parts)) || parts.ValueKind != JsonValueKind.Array)
        {
            problems.Add("it has a group without conditions");
            return null;
        }

        var read = new List<Condition>();
        foreach (var part in parts.EnumerateArray())
        {
            if (Read(part, problems, ref left, depth + 1) is { } condition)
            {
                read.Add(condition);
            }
        }

        var isNegated = element.TryGetProperty("no", out var no) && no.ValueKind == JsonValueKind.True;
        return new ConditionGroup(isAny, isNegated, read);
    }

    private static ConditionTest? ReadTest(JsonElement element, JsonElement property, ICollection<string> problems)
    {
        var id = property.ValueKind == JsonValueKind.String ? property.GetString()! : "";
        if (ExplorerProperties.Find(id) is not { } known)
        {
            problems.Add($"there is no property \"{(id.Length > 40 ? id[..40] : id)}\"");
            return null;
        }

        foreach (var (word, comparison) in Operators)
        {
            if (element.TryGetProperty(word, out var values) && values.ValueKind == JsonValueKind.Array)
            {
                var read = values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!)
                    .Where(value => value.Length <= MaxLength).Take(MaxValues).ToList();
                if (read.Count < values.GetArrayLength())
                {
                    // Without some of its values a condition means something else.
                    problems.Add($"{known.Name}: some values are too long, too many or no text");
                    return null;
                }

                var test = new ConditionTest(id, comparison, read);
                if (known.Problem(test) is not { } problem)
                {
                    return test;
                }

                problems.Add($"{known.Name}: {problem.TrimEnd('.')}");
                return null;
            }
        }

        problems.Add($"{known.Name}: the comparison is missing");
        return null;
    }
}
