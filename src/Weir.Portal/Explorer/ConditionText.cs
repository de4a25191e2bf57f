using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Weir.Portal.Explorer;

/// <summary>Conditions as the short JSON that an address carries. Reading never throws; what is not understood is named.</summary>
internal static class ConditionText
{
    /// <summary>Bounds for an address made by somebody else: depth, conditions, values of one, characters of a value.</summary>
    public const int MaxDepth = 12, MaxConditions = 200, MaxValues = 200, MaxLength = 2_000;

    /// <summary>Values of one condition that compares whole values; they are kept beside the address.</summary>
    public const int MaxListed = 10_000;

    /// <summary>Characters of all values of a condition: their question stays within what the engine reads.</summary>
    public const int MaxListedLength = 600_000;

    /// <summary>Characters of a condition's values that an address carries itself.</summary>
    public const int MaxInAddress = 1_500;

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

    public static ConditionGroup Read(string? text, ICollection<string> problems) => Read(text, problems, new Dictionary<string, string>(StringComparer.Ordinal));

    /// <param name="lists">The kept texts that conditions may name.</param>
    public static ConditionGroup Read(string? text, ICollection<string> problems, IReadOnlyDictionary<string, string> lists)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return ConditionGroup.Everything;
        }

        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth * 2 });
            var left = MaxConditions;
            return Read(document.RootElement, problems, lists, ref left, 0) switch
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
                var word = Operators.First(pair => pair.Value == test.Operator).Key;
                if (test.List is not null)
                {
                    writer.WriteString(word, test.List);
                    break;
                }

                writer.WriteStartArray(word);
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

    private static Condition? Read(JsonElement element, ICollection<string> problems, IReadOnlyDictionary<string, string> lists, ref int left, int depth)
    {
        if (element.ValueKind != JsonValueKind.Object || depth > MaxDepth || --left < 0)
        {
            problems.Add("it has more or deeper conditions than allowed");
            return null;
        }

        return element.TryGetProperty("p", out var property) ? ReadTest(element, property, problems, lists) : ReadGroup(element, problems, lists, ref left, depth);
    }

    private static ConditionGroup? ReadGroup(JsonElement element, ICollection<string> problems, IReadOnlyDictionary<string, string> lists, ref int left, int depth)
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
            if (Read(part, problems, lists, ref left, depth + 1) is { } condition)
            {
                read.Add(condition);
            }
        }

        var isNegated = element.TryGetProperty("no", out var no) && no.ValueKind == JsonValueKind.True;
        return new ConditionGroup(isAny, isNegated, read);
    }

    private static ConditionTest? ReadTest(JsonElement element, JsonElement property, ICollection<string> problems, IReadOnlyDictionary<string, string> lists)
    {
        var id = property.ValueKind == JsonValueKind.String ? property.GetString()! : "";
        if (ExplorerProperties.Find(id) is not { } known)
        {
            problems.Add($"there is no property \"{(id.Length > 40 ? id[..40] : id)}\"");
            return null;
        }

        foreach (var (word, comparison) in Operators)
        {
            if (element.TryGetProperty(word, out var values) && values.ValueKind is JsonValueKind.Array or JsonValueKind.String)
            {
                return ReadValues(known, values, problems, lists) is { } read
                    ? Checked(known, new ConditionTest(id, comparison, read) { List = values.ValueKind == JsonValueKind.String ? values.GetString() : null }, problems)
                    : null;
            }
        }

        problems.Add($"{known.Name}: the comparison is missing");
        return null;
    }

    /// <summary>The values that stand there, or those of the kept list that is named; nothing when some are missing.</summary>
    private static List<string>? ReadValues(ExplorerProperty known, JsonElement values, ICollection<string> problems, IReadOnlyDictionary<string, string> lists)
    {
        if (values.ValueKind == JsonValueKind.String)
        {
            if (lists.TryGetValue(values.GetString()!, out var kept))
            {
                return [.. Lines(kept).Take(MaxListed)];
            }

            problems.Add($"{known.Name}: its list of values is not kept any more");
            return null;
        }

        var read = values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!)
            .Where(value => value.Length <= MaxLength).Take(MaxValues).ToList();
        if (read.Count == values.GetArrayLength())
        {
            return read;
        }

        // Without some of its values a condition means something else.
        problems.Add($"{known.Name}: some values are too long, too many or no text");
        return null;
    }

    /// <summary>Why there are too many values; nothing when there are not. Whole values are looked up all at once, parts of values one after the other.</summary>
    public static string? TooMany(ConditionTest test) => test switch
    {
        { Values.Count: > MaxListed } => $"at most {MaxListed:N0} values.",
        { Values: var values } when values.Sum(value => value.Length) > MaxListedLength => $"the values together have at most {MaxListedLength:N0} characters.",
        { Operator: not (ConditionOperator.Is or ConditionOperator.IsNot), Values.Count: > MaxValues } => $"at most {MaxValues} values, or {MaxListed:N0} with “Equal any of”.",
        _ => null,
    };

    /// <summary>The lines of a kept text.</summary>
    public static IEnumerable<string> Lines(string kept) => kept.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static ConditionTest? Checked(ExplorerProperty known, ConditionTest test, ICollection<string> problems)
    {
        var problem = known.Problem(test) ?? TooMany(test);
        if (problem is null)
        {
            return test;
        }

        problems.Add($"{known.Name}: {problem.TrimEnd('.')}");
        return null;
    }
}
