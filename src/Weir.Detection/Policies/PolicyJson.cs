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
    public static PolicySet Read(string text) => JsonSerializer.Deserialize(text, Readable.PolicySet) ?? throw new JsonException("There are no policies in it.");
}
