using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Detection.Facts.Knowledge.Reputation;

namespace Weir.Detection.Facts.History;

/// <summary>What history told of a message when it came. It is kept with the judgement, so that a second one is about the message's own time and not about what came after it.</summary>
/// <param name="Sender">Who wrote to whom.</param>
/// <param name="Here">What own mail told of the things in it.</param>
internal sealed record FoundHistory(SenderHistory Sender, Standings Here)
{
    public string ToText() => JsonSerializer.Serialize(this, HistoryJson.Default.FoundHistory);

    /// <summary>Nothing for what cannot be read, and for a message of which nothing was kept.</summary>
    public static FoundHistory? Read(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(text, HistoryJson.Default.FoundHistory) is { Sender: not null, Here: not null } found ? found : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(FoundHistory))]
internal sealed partial class HistoryJson : JsonSerializerContext;
