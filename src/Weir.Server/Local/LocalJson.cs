using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Weir.Directory.Contracts;
using Weir.Gateway.Contracts;
using Weir.Response.Contracts;
using Weir.Server.Doctor;

namespace Weir.Server.Local;

/// <summary>What commands and the server say to each other.</summary>
[JsonSerializable(typeof(HuntRequest))]
[JsonSerializable(typeof(ImportRequest))]
[JsonSerializable(typeof(ImportLine))]
[JsonSerializable(typeof(AccountRequest))]
[JsonSerializable(typeof(AccountAnswer))]
[JsonSerializable(typeof(IReadOnlyList<ListedAccount>))]
[JsonSerializable(typeof(ListRequest))]
[JsonSerializable(typeof(ListAnswer))]
[JsonSerializable(typeof(IReadOnlyList<ListLine>))]
[JsonSerializable(typeof(DirectoryRequest))]
[JsonSerializable(typeof(DirectoryAnswer))]
[JsonSerializable(typeof(DirectorySyncRequest))]
[JsonSerializable(typeof(DirectorySyncResult))]
[JsonSerializable(typeof(PolicyRequest))]
[JsonSerializable(typeof(PolicyAnswer))]
[JsonSerializable(typeof(RejudgingRequest))]
[JsonSerializable(typeof(RejudgeLine))]
[JsonSerializable(typeof(AutomationRequest))]
[JsonSerializable(typeof(AutomationState))]
[JsonSerializable(typeof(RestrictedRequest))]
[JsonSerializable(typeof(RestrictedAnswer))]
[JsonSerializable(typeof(QuarantineRequest))]
[JsonSerializable(typeof(QuarantineAnswer))]
[JsonSerializable(typeof(ActionRequest))]
[JsonSerializable(typeof(ActionAnswer))]
[JsonSerializable(typeof(TagRequest))]
[JsonSerializable(typeof(TagAnswer))]
[JsonSerializable(typeof(DoctorRequest))]
[JsonSerializable(typeof(DoctorAnswer))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
internal sealed partial class LocalJson : JsonSerializerContext
{
    /// <summary>The request's body; nothing, and status 400, when it is none.</summary>
    public static async Task<T?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            if (await context.Request.ReadFromJsonAsync(type, context.RequestAborted) is { } request)
            {
                return request;
            }
        }
        catch (Exception mistake) when (mistake is JsonException or InvalidOperationException)
        {
            // Answered below: this is not a request.
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return null;
    }

    /// <summary>Writes one line of JSON and sends it at once.</summary>
    public static async Task WriteAsync<T>(HttpContext context, T line, JsonTypeInfo<T> type)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "application/x-ndjson";
        }

        await context.Response.BodyWriter.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(line, type).Append((byte)'\n').ToArray(), context.RequestAborted);
    }
}
