using System.Runtime.CompilerServices;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Response.Contracts;

namespace Weir.Response.Record;

/// <summary>Looks targets up in the record, in KQL and with the caller's own rights.</summary>
internal sealed class TargetRecords(IQuestions questions)
{
    private const int IdsPerQuestion = 1_000;

    private const string Rows = """
        EmailEvents
        | where Timestamp >= earliest and Timestamp <= latest
        | where NetworkMessageId in (ids)
        | project NetworkMessageId, RecipientEmailAddress, Timestamp, Subject, InternetMessageId, LatestDeliveryLocation, LatestDeliveryAction, OriginalRecipient = tostring(parse_json(AdditionalFields).OriginalRecipient)
        """;

    private const string Evidence = """
        WeirMessageEvidence
        | where Timestamp >= earliest and Timestamp <= latest
        | where NetworkMessageId in (ids)
        | project NetworkMessageId, BlobId, BodySha256
        """;

    /// <summary>One entry per target, in the same order; nothing where the record has no such row.</summary>
    public async ValueTask<IReadOnlyList<TargetRecord?>> FindAsync(Caller caller, IReadOnlyList<MessageTarget> targets, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<(NetworkMessageId, string), TargetRecord>();
        foreach (var some in targets.OrderBy(target => target.Timestamp).Chunk(IdsPerQuestion))
        {
            var evidence = await EvidenceOfAsync(caller, some, cancellationToken);
            var answer = await questions.AskAsync(caller, QuestionOf(Rows, some), cancellationToken);
            foreach (var record in answer.Rows.Select(row => RecordOf(row, evidence)).OfType<TargetRecord>())
            {
                rows[(record.Target.Id, record.Target.Recipient.ToLowerInvariant())] = record;
            }
        }

        return [.. targets.Select(target => rows.GetValueOrDefault((target.Id, target.Recipient.ToLowerInvariant())))];
    }

    /// <summary>Every mailbox that has one of the messages, or had it.</summary>
    public async IAsyncEnumerable<TargetRecord> OfMessagesAsync(
        Caller caller, IReadOnlyList<(NetworkMessageId Id, DateTimeOffset ReceivedAt)> messages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var some in messages.OrderBy(message => message.ReceivedAt).Chunk(IdsPerQuestion))
        {
            MessageTarget[] targets = [.. some.Select(message => new MessageTarget(message.Id, "", message.ReceivedAt))];
            var evidence = await EvidenceOfAsync(caller, targets, cancellationToken);
            var answer = await questions.AskAsync(caller, QuestionOf(Rows, targets), cancellationToken);
            foreach (var record in answer.Rows.Select(row => RecordOf(row, evidence)).OfType<TargetRecord>())
            {
                yield return record;
            }
        }
    }

    private static TargetRecord? RecordOf(object?[] row, Dictionary<NetworkMessageId, (string Blob, string Body)> evidence)
    {
        if (!NetworkMessageId.TryParse((string)row[0]!, out var id)) // string cells are never null
        {
            return null;
        }

        var (blob, body) = evidence.GetValueOrDefault(id, ("", ""));
        return new TargetRecord
        {
            Target = new MessageTarget(id, (string)row[1]!, row[2] is DateTime at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : default),
            Subject = (string)row[3]!,
            InternetMessageId = (string)row[4]!,
            Location = (string)row[5]!,
            Action = (string)row[6]!,
            BlobId = blob,
            BodySha256 = body,
            OriginalRecipient = row[7] as string ?? "",
        };
    }

    private async ValueTask<Dictionary<NetworkMessageId, (string Blob, string Body)>> EvidenceOfAsync(
        Caller caller, IReadOnlyList<MessageTarget> targets, CancellationToken cancellationToken)
    {
        var evidence = new Dictionary<NetworkMessageId, (string, string)>();
        var answer = await questions.AskAsync(caller, QuestionOf(Evidence, targets), cancellationToken);
        foreach (var row in answer.Rows)
        {
            if (NetworkMessageId.TryParse((string)row[0]!, out var id))
            {
                evidence[id] = ((string)row[1]!, (string)row[2]!);
            }
        }

        return evidence;
    }

    private static Question QuestionOf(string kql, IReadOnlyList<MessageTarget> targets) => new(kql)
    {
        // A message may have many recipients: no limit but the store's own.
        MaxRows = 1_000_000,
        Parameters = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            // The page may have rounded the time.
            ["earliest"] = targets.Min(target => target.Timestamp).UtcDateTime.AddSeconds(-1),
            ["latest"] = targets.Max(target => target.Timestamp).UtcDateTime.AddSeconds(1),
            ["ids"] = targets.Select(target => target.Id.ToString()).Distinct(StringComparer.Ordinal).ToArray(),
        },
    };
}
