using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Weir.Events.Contracts;

namespace Weir.Events.Folding;

/// <summary>JSON inside the event store's columns: names as in the schema, text as it is, so that a query finds it.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MailAdditionalFields))]
[JsonSerializable(typeof(AttachmentAdditionalFields))]
[JsonSerializable(typeof(AlertAdditionalFields))]
[JsonSerializable(typeof(WouldChange))]
[JsonSerializable(typeof(StoredEnvelope))]
[JsonSerializable(typeof(IReadOnlyList<RecordedSignal>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, double>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyList<EarlierJudgement>))]
internal sealed partial class StoreJson : JsonSerializerContext
{
    public static StoreJson Plain { get; } = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // never put into HTML
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    public static string Text<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type);

    /// <summary>JSON text for a dynamic column: as it is when it is JSON, else as a JSON string; null when empty.</summary>
    public static string? Dynamic(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return text;
        }
        catch (JsonException)
        {
            return $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";
        }
    }
}

/// <summary>AdditionalFields of EmailEvents.</summary>
internal sealed record MailAdditionalFields
{
    public string Verdict { get; init; } = "";
    public string OriginalRecipient { get; init; } = "";
    public string Door { get; init; } = "";
    public string DeliverySource { get; init; } = "";
    public string? Folder { get; init; }
    public string? Reply { get; init; }
    public IReadOnlyList<string> AdditionalActions { get; init; } = [];
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Names of ours, with their addresses, that the message borrows; absent when none.</summary>
    public IReadOnlyList<string>? ImpersonatedUsers { get; init; }

    /// <summary>Domains that the message borrows; absent when none.</summary>
    public IReadOnlyList<string>? ImpersonatedDomains { get; init; }

    /// <summary>The policy that decided for this recipient, and its type; absent when none had to.</summary>
    public string? Policy { get; init; }

    public string? PolicyType { get; init; }

    /// <summary>Why its action was not done, and the action; absent when it was.</summary>
    public string? Held { get; init; }

    public string? WouldAction { get; init; }

    /// <summary>Sources of everything that went before the verdict; absent when there is nothing.</summary>
    public IReadOnlyList<string>? Overrides { get; init; }

    /// <summary>What the links of the message are: Malware, Phish, Spam; absent when none is a threat.</summary>
    public IReadOnlyList<string>? UrlThreats { get; init; }
}

/// <summary>AdditionalFields of EmailAttachmentInfo.</summary>
internal sealed record AttachmentAdditionalFields(string Path, string ContentType, string MD5, string SHA1, bool IsEncrypted, IReadOnlyList<string> Members);

/// <summary>AdditionalFields of AlertEvidence.</summary>
internal sealed record AlertAdditionalFields
{
    /// <summary>Of the alert: the schema has no column for it.</summary>
    public required string Description { get; init; }

    public string? Name { get; init; }

    /// <summary>When the message was received.</summary>
    public DateTime? ReceivedAt { get; init; }
}

/// <summary>WouldChange of WeirMessageEvidence.</summary>
internal sealed record WouldChange(IReadOnlyList<string> Remove, string To);

/// <summary>One of Earlier of WeirMessageEvidence.</summary>
internal sealed record EarlierJudgement(DateTimeOffset At, string Verdict, IReadOnlyDictionary<string, string> Versions);

/// <summary>Envelope of WeirMessageEvidence.</summary>
internal sealed record StoredEnvelope(
    [property: JsonPropertyName("mail_from")] string MailFrom,
    [property: JsonPropertyName("recipients")] IReadOnlyList<string> Recipients,
    [property: JsonPropertyName("client_ip")] string ClientIp,
    [property: JsonPropertyName("client_name")] string ClientName,
    [property: JsonPropertyName("helo")] string Helo,
    [property: JsonPropertyName("queue_id")] string QueueId,
    [property: JsonPropertyName("authenticated_user")] string AuthenticatedUser);
