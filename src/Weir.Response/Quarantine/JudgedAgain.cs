using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Access.Contracts;
using Weir.Detection.Contracts;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Response.Contracts;

namespace Weir.Response.Quarantine;

/// <summary>What a held message would be called if it came now.</summary>
/// <param name="judges">Judges from the bytes; none where there is no gateway.</param>
internal sealed class JudgedAgain(IEnumerable<IJudgeStoredMail> judges, IQuestions questions, TimeProvider time)
{
    private const int MostReasons = 6;

    private const string Evidence = """
        WeirMessageEvidence
        | where Timestamp >= earliest and Timestamp <= latest
        | where NetworkMessageId == id
        | project Envelope, AuthenticationEvidence, History
        """;

    private static readonly Caller Self = Caller.System("quarantine", Permission.EmailMetadataRead);

    public async Task<FreshVerdict?> OfAsync(HeldRow row, CancellationToken cancellationToken)
    {
        if (judges.FirstOrDefault() is not { } judge || row.BlobId.Length == 0)
        {
            return null;
        }

        var answer = await questions.AskAsync(
            Self,
            new Question(Evidence)
            {
                Parameters = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["earliest"] = row.ReceivedAt.UtcDateTime.AddSeconds(-1),
                    ["latest"] = row.ReceivedAt.UtcDateTime.AddSeconds(1),
                    ["id"] = row.MessageId,
                },
            },
            cancellationToken);
        if (answer.Rows.Count == 0)
        {
            return null;
        }

        var envelope = JsonSerializer.Deserialize(answer.Rows[0][0] as string ?? "{}", HeldEnvelopeJson.Default.RecordedEnvelope) ?? new RecordedEnvelope();
        var id = NetworkMessageId.Parse(row.MessageId, System.Globalization.CultureInfo.InvariantCulture);
        if (await judge.JudgeAsync(id, row.ReceivedAt, row.BlobId, envelope, answer.Rows[0][1] as string ?? "", answer.Rows[0].ElementAtOrDefault(2) as string ?? "", cancellationToken) is not { } judged)
        {
            return null;
        }

        var judgement = judged.Judgement;
        var because = judgement.Because.Take(MostReasons)
            .Select(name => judgement.Signals.FirstOrDefault(signal => signal.Name == name) is { } signal ? $"{SignalTitles.Of(name)}: {signal.Evidence}" : SignalTitles.Of(name))
            .Select(text => text.ReplaceLineEndings(" "));
        return new FreshVerdict(Names.Of(judgement.Verdict), [.. because], time.GetUtcNow());
    }

    public static void Keep(HeldRow row, FreshVerdict fresh) =>
        (row.FreshVerdict, row.FreshBecause, row.FreshAt) = (fresh.Verdict, string.Join('\n', fresh.Because), fresh.At);
}

/// <summary>Column Envelope of WeirMessageEvidence.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RecordedEnvelope))]
internal sealed partial class HeldEnvelopeJson : JsonSerializerContext;
