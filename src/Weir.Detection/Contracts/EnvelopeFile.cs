using System.Text.Json;
using Weir.Mail.Contracts;

namespace Weir.Detection.Contracts;

/// <summary>
/// Reads <c>{"messages":[{"file","envelope":{"mail_from","rcpt_to","client_ip","helo"},"recorded_auth":{"spf","dkim","dmarc","compauth"}}]}</c>:
/// envelopes of stored messages and what a server found when it received them.
/// </summary>
public static class EnvelopeFile
{
    /// <summary>Reads the whole file.</summary>
    /// <returns>By the <c>file</c> of the entry, slashes forward.</returns>
    /// <exception cref="InvalidDataException">The file has another form.</exception>
    public static async Task<IReadOnlyDictionary<string, KnownEnvelope>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        try
        {
            using var document = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
            var entries = new Dictionary<string, KnownEnvelope>(StringComparer.Ordinal);
            foreach (var message in document.RootElement.GetProperty("messages").EnumerateArray())
            {
                entries[Text(message, "file").Replace('\\', '/')] = new KnownEnvelope(
                    Object(message, "envelope") is { } envelope ? EnvelopeOf(envelope) : null,
                    Object(message, "recorded_auth") is { } authentication ? Authentication(authentication) : null,
                    Text(message, "label"),
                    Text(message, "source") is { Length: > 0 } source ? $"{source}, {Text(message, "era")}" : "");
            }

            return entries;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path} is not a list of envelopes: {exception.Message}", exception);
        }
    }

    private static Envelope EnvelopeOf(JsonElement envelope) => new()
    {
        MailFrom = Text(envelope, "mail_from"),
        Recipients = envelope.TryGetProperty("rcpt_to", out var to)
            ? to.ValueKind == JsonValueKind.Array ? [.. to.EnumerateArray().Select(address => address.GetString() ?? "")] : [to.GetString() ?? ""]
            : [],
        ClientIp = Text(envelope, "client_ip"),
        Helo = Text(envelope, "helo"),
    };

    /// <summary>Nothing when no result is recorded: an empty object says that nobody looked.</summary>
    private static AuthenticationResults? Authentication(JsonElement recorded)
    {
        var (spf, dkim, dmarc, composite) = (Text(recorded, "spf"), Text(recorded, "dkim"), Text(recorded, "dmarc"), Text(recorded, "compauth"));
        return spf.Length + dkim.Length + dmarc.Length + composite.Length == 0 ? null : new AuthenticationResults
        {
            Spf = Named(spf, SpfResult.None),
            Dkim = Named(dkim, DkimResult.None),
            Dmarc = Named(dmarc, DmarcResult.None),
            Composite = Named(composite, CompositeResult.None),
            SpfReason = "recorded by the server that received it",
            DmarcReason = "recorded by the server that received it",
            CompositeReason = "recorded by the server that received it",
            IsRecorded = true,
        };
    }

    /// <summary>Results are written in lower case without separators: <c>softfail</c>, <c>bestguesspass</c>; an unknown word is the fallback.</summary>
    private static T Named<T>(string text, T fallback)
        where T : struct, Enum =>
        Enum.TryParse<T>(text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : fallback;

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";

    private static JsonElement? Object(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;
}

/// <summary>What is known of a message outside its bytes.</summary>
/// <param name="Label">What it is said to be, such as <c>phish</c>; empty when nothing is said.</param>
/// <param name="Group">Where it comes from and its era, for measuring; empty when nothing is said.</param>
public sealed record KnownEnvelope(Envelope? Envelope, AuthenticationResults? Authentication, string Label, string Group);
