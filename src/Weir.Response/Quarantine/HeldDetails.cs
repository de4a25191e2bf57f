using System.Globalization;
using System.Text.Json;
using Weir.Access.Contracts;
using Weir.Detection.Contracts;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Response.AfterDelivery;
using Weir.Response.Contracts;
using Weir.Response.Record;

namespace Weir.Response.Quarantine;

/// <summary>What the list of held mail says of a message: from the fact of its judgement, and for what was taken out of mailboxes later from the record.</summary>
internal sealed class HeldDetails(IEventLog log, IQuestions questions)
{
    /// <summary>Messages received lately: their judgement is the next fact as a rule.</summary>
    private const int MostRemembered = 4_096;

    private const string Rows = """
        EmailEvents
        | where NetworkMessageId in (ids)
        | extend More = parse_json(AdditionalFields)
        | project NetworkMessageId, RecipientEmailAddress, Timestamp, Subject, InternetMessageId, SenderFromAddress, SenderDisplayName, EmailSize, EmailDirection, Verdict = tostring(More.Verdict), Tags = tostring(More.Tags), OrgLevelAction, OrgLevelPolicy
        """;

    private const string Evidence = "WeirMessageEvidence | where NetworkMessageId in (ids) | project NetworkMessageId, BlobId, BodySha256";

    private static readonly Caller Self = Caller.System("quarantine", Permission.EmailMetadataRead);

    private readonly Dictionary<NetworkMessageId, MessageReceived> _received = [];
    private readonly Queue<NetworkMessageId> _byAge = new();

    public void Remember(MessageReceived received)
    {
        if (_received.TryAdd(received.Id, received))
        {
            _byAge.Enqueue(received.Id);
        }

        while (_byAge.Count > MostRemembered)
        {
            _received.Remove(_byAge.Dequeue());
        }
    }

    /// <summary>Rows by the sequence of the fact and the recipient, in lower case.</summary>
    public async Task<IReadOnlyDictionary<(long, string), HeldRow>> OfAsync(IReadOnlyList<(long Sequence, Fact Fact)> facts, CancellationToken cancellationToken)
    {
        var unknown = facts.Select(one => one.Fact switch
        {
            MessageJudged { RejudgingId.Length: 0 } judged when !_received.ContainsKey(judged.Id) => judged.Id,
            MailboxActed { ActionResult: "Success", Location: Places.Quarantine } acted => acted.Id,
            _ => (NetworkMessageId?)null,
        }).OfType<NetworkMessageId>().Select(id => id.ToString()).Distinct(StringComparer.Ordinal).ToArray();
        var (evidence, records) = unknown.Length == 0 ? ([], []) : await AskAsync(unknown, facts[^1].Sequence, cancellationToken);
        var rows = new Dictionary<(long, string), HeldRow>();
        foreach (var (sequence, fact) in facts)
        {
            foreach (var row in fact switch
            {
                MessageJudged { RejudgingId.Length: 0 } judged => Of(judged, sequence, evidence),
                MailboxActed { ActionResult: "Success", Location: Places.Quarantine } acted => Of(acted, sequence, records, evidence),
                _ => [],
            })
            {
                rows[(sequence, row.Recipient)] = row;
            }
        }

        return rows;
    }

    private IEnumerable<HeldRow> Of(MessageJudged judged, long sequence, Dictionary<string, (string Blob, string Body)> evidence)
    {
        var received = _received.GetValueOrDefault(judged.Id);
        var (blob, body) = received is null ? evidence.GetValueOrDefault(judged.Id.ToString(), ("", "")) : (received.BlobId, received.BodySha256);
        return judged.Recipients.Where(recipient => recipient.Decision == nameof(DeliveryDecision.Quarantine)).Select(recipient => new HeldRow
        {
            MessageId = judged.Id.ToString(),
            Recipient = recipient.Address.ToLowerInvariant(),
            Holding = sequence,
            ReceivedAt = judged.ReceivedAt,
            HeldAt = judged.At,
            Subject = judged.Subject,
            Sender = judged.SenderFromAddress.Length > 0 ? judged.SenderFromAddress : judged.SenderMailFromAddress,
            SenderName = judged.SenderDisplayName,
            InternetMessageId = judged.InternetMessageId,
            BlobId = blob,
            BodySha256 = body,
            Reason = ReasonOf(judged.Verdict, recipient.ActionPolicy ?? judged.EmailActionPolicy),
            Verdict = judged.Verdict,
            PolicyType = recipient.PolicyType ?? "",
            PolicyName = recipient.PolicyName ?? "",
            QuarantinePolicy = recipient.QuarantinePolicy ?? "",
            OverrideReason = OverrideOf(recipient.Overrides?.FirstOrDefault(over => over.IsPrimary) is { } over ? (over.Action, over.Source) : (judged.OrgLevelAction, judged.OrgLevelPolicy)),
            Direction = judged.EmailDirection,
            Tags = TagsOf(recipient.Tags),
            Size = judged.EmailSize,
        });
    }

    private static IEnumerable<HeldRow> Of(MailboxActed acted, long sequence, Dictionary<(string, string), object?[]> records, Dictionary<string, (string Blob, string Body)> evidence)
    {
        var (id, recipient) = (acted.Id.ToString(), acted.Recipient.ToLowerInvariant());
        if (!records.TryGetValue((id, recipient), out var record))
        {
            yield break;
        }

        var (blob, body) = evidence.GetValueOrDefault(id, ("", ""));
        var verdict = (string)record[9]!; // string cells are never null
        yield return new HeldRow
        {
            MessageId = id,
            Recipient = recipient,
            Holding = sequence,
            ReceivedAt = record[2] is DateTime at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : acted.At,
            HeldAt = acted.At,
            Subject = (string)record[3]!,
            InternetMessageId = (string)record[4]!,
            Sender = (string)record[5]!,
            SenderName = (string)record[6]!,
            Size = record[7] is { } size ? Convert.ToInt64(size, CultureInfo.InvariantCulture) : 0,
            Direction = (string)record[8]!,
            Verdict = verdict,
            Tags = TagsOf(ReadTags((string)record[10]!)),
            BlobId = blob,
            BodySha256 = body,
            Reason = ReasonOf(verdict, ""),
            PolicyType = acted.ActionType == ZapPlan.ZapOf(Names.Of(Detection.Contracts.Verdict.Malware)) ? PolicyNames.Of(PolicyType.AntiMalware) : acted.ActionType.EndsWith(" ZAP", StringComparison.Ordinal) ? PolicyNames.Of(PolicyType.AntiSpam) : "",
            PolicyName = acted.ActionType,
            OverrideReason = OverrideOf(((string)record[11]!, (string)record[12]!)),
        };
    }

    private async Task<(Dictionary<string, (string Blob, string Body)> Evidence, Dictionary<(string, string), object?[]> Records)> AskAsync(string[] ids, long sequence, CancellationToken cancellationToken)
    {
        await log.WaitUntilShownAsync(sequence, cancellationToken);
        var parameters = new Dictionary<string, object>(StringComparer.Ordinal) { ["ids"] = ids };
        var evidence = await questions.AskAsync(Self, new Question(Evidence) { Parameters = parameters, MaxRows = 1_000_000 }, cancellationToken);
        var records = await questions.AskAsync(Self, new Question(Rows) { Parameters = parameters, MaxRows = 1_000_000 }, cancellationToken);
        var evidenceOf = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        foreach (var row in evidence.Rows)
        {
            evidenceOf[(string)row[0]!] = ((string)row[1]!, (string)row[2]!);
        }

        var recordOf = new Dictionary<(string, string), object?[]>();
        foreach (var row in records.Rows)
        {
            recordOf[((string)row[0]!, ((string)row[1]!).ToLowerInvariant())] = row;
        }

        return (evidenceOf, recordOf);
    }

    private static string ReasonOf(string verdict, string policy) => verdict switch
    {
        _ when verdict == Names.Of(Detection.Contracts.Verdict.Malware) => QuarantineWords.Malware,
        _ when verdict == Names.Of(Detection.Contracts.Verdict.HighConfidencePhish) => QuarantineWords.HighConfidencePhishing,
        _ when verdict == Names.Of(Detection.Contracts.Verdict.Phish) => QuarantineWords.Phishing,
        _ when policy == PolicyNames.Family(PolicyCause.Malware) => QuarantineWords.FileTypeBlock,
        _ when policy == PolicyNames.Family(PolicyCause.NotInspected) => QuarantineWords.NotInspected,
        _ when policy.StartsWith("Anti-phishing", StringComparison.Ordinal) => QuarantineWords.Phishing,
        _ when verdict == Names.Of(Detection.Contracts.Verdict.Spam) => QuarantineWords.Spam,
        _ when verdict == Names.Of(Detection.Contracts.Verdict.Bulk) || policy == PolicyNames.Family(PolicyCause.Bulk) => QuarantineWords.Bulk,
        _ when policy.Length > 0 => QuarantineWords.Spam,
        _ => QuarantineWords.ByHand,
    };

    private static string OverrideOf((string Action, string Source) over) =>
        over.Action == "Block" && (over.Source.Contains("ender", StringComparison.Ordinal) || over.Source.Contains("spoof", StringComparison.Ordinal)) ? QuarantineWords.BlockedSender : "";

    private static string TagsOf(IReadOnlyList<string> tags) => tags.Count == 0 ? "" : $"\n{string.Join('\n', tags)}\n";

    private static List<string> ReadTags(string json)
    {
        try
        {
            return json.Length == 0 ? [] : JsonSerializer.Deserialize(json, QuarantineTagsJson.Default.ListString) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(List<string>))]
internal sealed partial class QuarantineTagsJson : System.Text.Json.Serialization.JsonSerializerContext;
