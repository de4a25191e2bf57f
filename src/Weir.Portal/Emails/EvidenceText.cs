using System.Globalization;
using System.Text.Json;
using Weir.Portal.Explorer;
using Weir.Portal.Shell;

namespace Weir.Portal.Emails;

/// <summary>Reads the JSON of WeirMessageEvidence. What is missing or odd stays empty.</summary>
internal static class EvidenceText
{
    public static EmailEvidence Read(MailRow row)
    {
        var authentication = LooseJson.Read(row.Text("AuthenticationEvidence"));
        var wouldChange = LooseJson.Read(row.Text("WouldChange"));
        return new EmailEvidence
        {
            Verdict = row.Text("Verdict"),
            Confidence = row.Text("Confidence"),
            Score = double.TryParse(row.Text("Score"), NumberStyles.Float, CultureInfo.InvariantCulture, out var score) ? score : null,
            Signals = Signals(LooseJson.Read(row.Text("Signals"))),
            Because = LooseJson.Strings(LooseJson.Read(row.Text("Because"))),
            WouldChangeRemove = LooseJson.Strings(LooseJson.Property(wouldChange, "remove")),
            WouldChangeTo = LooseJson.Text(wouldChange, "to"),
            AuthenticationFacts = Flatten(authentication),
            Arc = LooseJson.Text(LooseJson.Property(authentication, "arc"), "result"),
            Envelope = Flatten(LooseJson.Read(row.Text("Envelope"))),
            ReturnPath = row.Text("ReturnPath"),
            ReplyTo = row.Text("ReplyTo"),
            HeaderText = row.Text("HeaderText"),
            Defects = LooseJson.Strings(LooseJson.Read(row.Text("Defects"))),
            Door = row.Text("Door"),
            Thresholds = Numbers(LooseJson.Read(row.Text("Thresholds"))),
            Versions = Versions(LooseJson.Read(row.Text("Versions"))),
            Earlier = Earlier(LooseJson.Read(row.Text("Earlier"))),
        };
    }

    /// <summary>A tree as names and values: <c>dkim 1 › domain</c>. At most 100 of them.</summary>
    public static IReadOnlyList<(string Name, string Value)> Flatten(JsonElement? element)
    {
        var facts = new List<(string, string)>();
        if (element is { } root)
        {
            Flatten(root, "", facts, 0);
        }

        return facts;
    }

    private static void Flatten(JsonElement element, string name, List<(string, string)> facts, int depth)
    {
        if (facts.Count >= 100 || depth > 6)
        {
            return;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    Flatten(property.Value, name.Length == 0 ? Words(property.Name) : $"{name} › {Words(property.Name)}", facts, depth + 1);
                }

                break;
            case JsonValueKind.Array when element.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String):
                facts.Add((name, string.Join(", ", LooseJson.Strings(element))));
                break;
            case JsonValueKind.Array:
                var number = 0;
                foreach (var item in element.EnumerateArray())
                {
                    Flatten(item, element.GetArrayLength() == 1 ? name : $"{name} {++number}", facts, depth + 1);
                }

                break;
            case JsonValueKind.Null:
                break;
            case JsonValueKind.String when element.GetString() is { Length: > 0 } text:
                facts.Add((name, text));
                break;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                facts.Add((name, element.GetRawText()));
                break;
        }
    }

    private static string Words(string name) => name switch
    {
        _ when name.All(character => char.IsUpper(character) || character == '_') => name,
        _ when name.Contains('_', StringComparison.Ordinal) => char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' '),
        _ => string.Concat(name.Select((character, at) =>
            at == 0 ? char.ToUpperInvariant(character).ToString() : char.IsUpper(character) && char.IsLower(name[at - 1]) ? $" {char.ToLowerInvariant(character)}" : character.ToString())),
    };

    private static IReadOnlyList<EvidenceSignal> Signals(JsonElement? element)
    {
        if (element is not { ValueKind: JsonValueKind.Array } array)
        {
            return [];
        }

        return
        [
            .. array.EnumerateArray().Select(signal => new EvidenceSignal
            {
                Name = LooseJson.Text(signal, "name"),
                Technology = LooseJson.Text(signal, "technology"),
                Threat = LooseJson.Text(signal, "threat"),
                Weight = LooseJson.Property(signal, "weight") is { ValueKind: JsonValueKind.Number } weight ? weight.GetDouble() : 0,
                IsConclusive = LooseJson.Property(signal, "isConclusive") is { ValueKind: JsonValueKind.True },
                Evidence = LooseJson.Text(signal, "evidence"),
                Entity = LooseJson.Text(signal, "entity"),
                ThreatName = LooseJson.Text(signal, "threatName"),
                Override = LooseJson.Text(signal, "override"),
                Places = Places(LooseJson.Property(signal, "places")),
            }).OrderByDescending(signal => signal.IsConclusive).ThenByDescending(signal => Math.Abs(signal.Weight)),
        ];
    }

    private static IReadOnlyList<EvidencePlace> Places(JsonElement? element) => element is not { ValueKind: JsonValueKind.Array } array ? [] :
    [
        .. array.EnumerateArray().Select(place => new EvidencePlace(
            LooseJson.Text(place, "kind"), SafeText.Of(LooseJson.Text(place, "name")), LooseJson.Text(place, "part"), SafeText.Of(LooseJson.Text(place, "member")),
            ByteSpan.Read($"{LooseJson.Text(place, "start")}-{LooseJson.Text(place, "end")}"))),
    ];

    private static Dictionary<string, double> Numbers(JsonElement? element)
    {
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var property in Properties(element).Where(property => property.Value.ValueKind == JsonValueKind.Number))
        {
            numbers[property.Name] = property.Value.GetDouble();
        }

        return numbers;
    }

    private static IReadOnlyList<(string Name, string Version)> Versions(JsonElement? element) =>
        [.. Properties(element).Where(property => property.Value.ValueKind == JsonValueKind.String).Select(property => (property.Name, property.Value.GetString() ?? ""))];

    private static IReadOnlyList<EarlierVerdict> Earlier(JsonElement? element) => element is not { ValueKind: JsonValueKind.Array } array ? [] :
    [
        .. array.EnumerateArray().Select(earlier => new EarlierVerdict(
            DateTimeOffset.TryParse(LooseJson.Text(earlier, "at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null,
            LooseJson.Text(earlier, "verdict"),
            Versions(LooseJson.Property(earlier, "versions")))),
    ];

    private static List<JsonProperty> Properties(JsonElement? element) => element is { ValueKind: JsonValueKind.Object } known ? [.. known.EnumerateObject()] : [];
}
