using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Access.Contracts;
using Weir.Detection.Contracts;
using Weir.Events.Contracts;
using Weir.Kernel;

namespace Weir.Gateway.Rejudging;

/// <summary>What the record keeps of a message that is judged again.</summary>
internal sealed record StoredMessage(NetworkMessageId Id, DateTimeOffset ReceivedAt, string BlobId, RecordedEnvelope Envelope, string Authentication, string History, string Verdict, string ThreatTypes)
{
    private const string Inbox = "Inbox/folder";

    /// <summary>Where its copies are, as a JSON array of places.</summary>
    public string Locations { get; init; } = "";

    private static readonly Caller Self = Caller.System("rejudging", Permission.EmailMetadataRead);

    /// <summary>The messages with these ids, as far as the record has their bytes.</summary>
    public static async Task<IReadOnlyList<StoredMessage>> ReadAsync(IQuestions questions, IReadOnlyCollection<string> ids, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, object>(StringComparer.Ordinal) { ["since"] = since.UtcDateTime, ["ids"] = ids.ToArray() };
        var threats = await questions.AskAsync(
            Self,
            new Question("EmailEvents | where Timestamp >= since | where NetworkMessageId in (ids) | summarize take_any(ThreatTypes), make_set(iff(isempty(LatestDeliveryLocation), 'Unknown', LatestDeliveryLocation)) by NetworkMessageId") { Parameters = parameters },
            cancellationToken);
        var answer = await questions.AskAsync(
            Self,
            new Question("WeirMessageEvidence | where Timestamp >= since | where NetworkMessageId in (ids) | where isnotempty(BlobId) | project NetworkMessageId, Timestamp, BlobId, Envelope, AuthenticationEvidence, Verdict, History") { Parameters = parameters },
            cancellationToken);
        var threatsOf = threats.Rows.ToDictionary(row => (string)row[0]!, row => (Threats: row[1] as string ?? "", Places: row[2] as string ?? ""), StringComparer.Ordinal);
        return [.. answer.Rows.Select(row => threatsOf.GetValueOrDefault((string)row[0]!, ("", "")) is var found ? Of(row, found.Item1) with { Locations = found.Item2 } : null).OfType<StoredMessage>()];
    }

    /// <summary>It is bad, and a copy lies where policy does not want it. What exactly is to be done is decided for each copy by who does it.</summary>
    public bool IsMisplacedBy(MessageJudged now)
    {
        var decisions = now.Recipients.Select(recipient => recipient.Decision).ToHashSet(StringComparer.Ordinal);
        var isReachable = Locations.Contains(Inbox, StringComparison.Ordinal) || Locations.Contains("Unknown", StringComparison.Ordinal);
        var isAside = Locations.Contains("Junk folder", StringComparison.Ordinal) || Locations.Contains("Deleted items", StringComparison.Ordinal);
        return now.Verdict != Names.Of(Detection.Contracts.Verdict.Clean) && now.Verdict != Names.Of(Detection.Contracts.Verdict.Bulk)
            && ((isReachable && decisions.Any(decision => decision != nameof(DeliveryDecision.Deliver)))
                || (isAside && decisions.Any(decision => decision is nameof(DeliveryDecision.Quarantine) or nameof(DeliveryDecision.Reject))));
    }

    private static StoredMessage Of(object?[] row, string threats) => new(
        NetworkMessageId.Parse((string)row[0]!, CultureInfo.InvariantCulture),
        new DateTimeOffset(DateTime.SpecifyKind((DateTime)row[1]!, DateTimeKind.Utc)), // Timestamp and Envelope are written for every row
        (string)row[2]!,
        JsonSerializer.Deserialize((string)row[3]!, EnvelopeJson.Default.RecordedEnvelope) ?? new RecordedEnvelope(),
        row[4] as string ?? "",
        row[6] as string ?? "",
        (string)row[5]!,
        threats);
}

/// <summary>Column Envelope of WeirMessageEvidence.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RecordedEnvelope))]
internal sealed partial class EnvelopeJson : JsonSerializerContext;
