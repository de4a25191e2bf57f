using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Detection.Contracts;

namespace Weir.Detection.Policies;

/// <summary>Policies as text: in the database, and as people export and import them.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(PolicySet))]
internal sealed partial class PolicyJson : JsonSerializerContext
{
    /// <summary>The one that everybody uses: readable, and what is mistyped is told.</summary>
    public static PolicyJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // never put into HTML
    });

    public static string Write(PolicySet policies) => JsonSerializer.Serialize(policies, Readable.PolicySet);

    /// <exception cref="JsonException">It is not JSON, or not of policies.</exception>
    public static PolicySet Read(string text)
    {
        using (var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip }))
        {
            if (NullIn(document.RootElement, "$") is { } place)
            {
                throw new JsonException($"null stands at {place}: leave it out instead.");
            }
        }

        return JsonSerializer.Deserialize(text, Readable.PolicySet) ?? throw new JsonException("There are no policies in it.");
    }

    /// <summary>The first place of a null: nothing in policies may be missing in this way, and the serializer does not look into lists.</summary>
    private static string? NullIn(JsonElement element, string place) => element.ValueKind switch
    {
        JsonValueKind.Null => place,
        JsonValueKind.Array => element.EnumerateArray().Select((item, i) => NullIn(item, $"{place}[{i}]")).FirstOrDefault(found => found is not null),
        JsonValueKind.Object => element.EnumerateObject().Select(member => NullIn(member.Value, $"{place}.{member.Name}")).FirstOrDefault(found => found is not null),
        _ => null,
    };
}
