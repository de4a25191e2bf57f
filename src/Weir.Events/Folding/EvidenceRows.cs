using System.Text.Json;
using Weir.Events.Contracts;
using Weir.Events.Schema;
using Weir.Events.Store;

namespace Weir.Events.Folding;

/// <summary>WeirMessageEvidence and EmailUrlInfo: rows per message.</summary>
internal static class EvidenceRows
{
    public static IEnumerable<StoreRow> Of(MessageFacts message)
    {
        if (message.Judgement is not { } judged)
        {
            yield break;
        }

        yield return Evidence(message, judged);
        foreach (var row in OtherFilterRows.Of(message, judged))
        {
            yield return row;
        }

        foreach (var url in judged.Urls.DistinctBy(url => (url.Url, url.Location)))
        {
            yield return new StoreRow(MailTables.EmailUrlInfo)
            {
                ["Timestamp"] = message.Timestamp.UtcTicks,
                ["NetworkMessageId"] = message.Id.ToString(),
                ["Url"] = url.Url,
                ["UrlDomain"] = url.Domain,
                ["UrlLocation"] = url.Location,
                ["ReportId"] = AddressText.ReportId(message.Id, recipient: ""),
            };
        }
    }

    private static StoreRow Evidence(MessageFacts message, MessageJudged judged)
    {
        var json = StoreJson.Plain;
        var received = message.Received;
        var envelope = received?.Envelope ?? new RecordedEnvelope { MailFrom = judged.SenderMailFromAddress, Recipients = [.. judged.Recipients.Select(recipient => recipient.Address)], ClientIp = judged.SenderIp };
        return new StoreRow(WeirTables.WeirMessageEvidence)
        {
            ["Timestamp"] = message.Timestamp.UtcTicks,
            ["NetworkMessageId"] = message.Id.ToString(),
            ["Verdict"] = judged.Verdict,
            ["Confidence"] = judged.Confidence,
            ["Score"] = judged.Score,
            ["Signals"] = StoreJson.Text(judged.Signals, json.IReadOnlyListRecordedSignal),
            ["Because"] = StoreJson.Text(judged.Because, json.IReadOnlyListString),
            ["WouldChange"] = StoreJson.Text(new WouldChange(judged.WouldChangeRemove, judged.WouldChangeTo), json.WouldChange),
            ["WithoutAllow"] = judged.VerdictWithoutAllow ?? "",
            ["Thresholds"] = StoreJson.Text(judged.Thresholds, json.IReadOnlyDictionaryStringDouble),
            ["Versions"] = StoreJson.Text(judged.Versions, json.IReadOnlyDictionaryStringString),
            ["Earlier"] = StoreJson.Text([.. message.EarlierJudgements.Select(earlier => new EarlierJudgement(earlier.At, earlier.Verdict, earlier.Versions))], json.IReadOnlyListEarlierJudgement),
            ["AuthenticationEvidence"] = StoreJson.Dynamic(judged.AuthenticationEvidence),
            ["History"] = StoreJson.Dynamic(message.AtDelivery?.History ?? ""),
            ["Envelope"] = StoreJson.Text(
                new StoredEnvelope(envelope.MailFrom, envelope.Recipients, envelope.ClientIp, envelope.ClientName, envelope.Helo, envelope.QueueId, envelope.AuthenticatedUser),
                json.StoredEnvelope),
            ["ReturnPath"] = judged.ReturnPath,
            ["ReplyTo"] = judged.ReplyTo,
            ["HeaderText"] = judged.HeaderText,
            ["Defects"] = StoreJson.Text(judged.Defects, json.IReadOnlyListString),
            ["Door"] = received?.Door ?? "",
            ["BlobId"] = received?.BlobId ?? "",
            ["BodySha256"] = received?.BodySha256 ?? "",
            ["Sha256"] = received?.Sha256 ?? "",
            ["ReportId"] = AddressText.ReportId(message.Id, recipient: ""),
            ["ClientName"] = Host(envelope.ClientName),
            ["Helo"] = Host(envelope.Helo),
            ["DkimDomains"] = DkimDomains(judged.AuthenticationEvidence),
        };
    }

    /// <summary>Names of hosts are the same in any case; Postfix writes "unknown" for one that has none.</summary>
    private static string Host(string name) => name.Trim().TrimEnd('.').ToLowerInvariant() is var host && host == "unknown" ? "" : host;

    /// <summary>The domains of all signatures, whether they hold or not. What cannot be read has none.</summary>
    private static string DkimDomains(string evidence)
    {
        if (evidence.Length == 0)
        {
            return "";
        }

        try
        {
            using var document = JsonDocument.Parse(evidence);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("dkim", out var dkim) && dkim.ValueKind == JsonValueKind.Object
                && dkim.TryGetProperty("signatures", out var signatures) && signatures.ValueKind == JsonValueKind.Array
                ? string.Join(", ", signatures.EnumerateArray().Select(Domain).Where(domain => domain.Length > 0).Distinct(StringComparer.Ordinal))
                : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static string Domain(JsonElement signature) =>
        signature.ValueKind == JsonValueKind.Object && signature.TryGetProperty("domain", out var domain) && domain.ValueKind == JsonValueKind.String ? domain.GetString()!.ToLowerInvariant() : "";
}
