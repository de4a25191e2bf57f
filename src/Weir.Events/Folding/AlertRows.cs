using Weir.Events.Contracts;
using Weir.Events.Schema;
using Weir.Events.Store;

namespace Weir.Events.Folding;

/// <summary>AlertInfo and AlertEvidence: rows of one fact, never changed.</summary>
internal static class AlertRows
{
    /// <summary>ServiceSource and DetectionSource: queries written for the product we follow select by them.</summary>
    private const string Source = "Microsoft Defender for Office 365";

    public static IEnumerable<StoreRow> Of(AlertRaised alert)
    {
        var techniques = StoreJson.Text(alert.AttackTechniques, StoreJson.Plain.IReadOnlyListString);
        yield return new StoreRow(AlertTables.AlertInfo)
        {
            ["Timestamp"] = alert.At.UtcTicks,
            ["AlertId"] = alert.AlertId,
            ["Title"] = alert.Title,
            ["Category"] = alert.Category,
            ["Severity"] = alert.Severity,
            ["ServiceSource"] = Source,
            ["DetectionSource"] = Source,
            ["AttackTechniques"] = techniques,
        };
        foreach (var entity in alert.Evidence)
        {
            yield return Evidence(alert, entity, techniques);
        }
    }

    private static StoreRow Evidence(AlertRaised alert, RecordedAlertEntity entity, string techniques) => new(AlertTables.AlertEvidence)
    {
        ["Timestamp"] = alert.At.UtcTicks,
        ["AlertId"] = alert.AlertId,
        ["Title"] = alert.Title,
        ["Categories"] = StoreJson.Text([alert.Category], StoreJson.Plain.IReadOnlyListString),
        ["AttackTechniques"] = techniques,
        ["ServiceSource"] = Source,
        ["DetectionSource"] = Source,
        ["Severity"] = alert.Severity,
        ["EntityType"] = entity.EntityType,
        ["EvidenceRole"] = entity.EvidenceRole,
        ["NetworkMessageId"] = entity.NetworkMessageId,
        ["EmailSubject"] = entity.EmailSubject,
        ["AccountUpn"] = AddressText.Key(entity.AccountUpn),
        ["AccountName"] = AddressText.Local(entity.AccountUpn),
        ["AccountDomain"] = AddressText.Domain(entity.AccountUpn),
        ["RemoteUrl"] = entity.Url,
        ["RemoteIP"] = entity.IpAddress,
        ["FileName"] = entity.FileName,
        ["SHA256"] = entity.Sha256,
        ["AdditionalFields"] = StoreJson.Text(
            new AlertAdditionalFields { Description = alert.Description, Name = entity.Name.Length > 0 ? entity.Name : null, ReceivedAt = entity.ReceivedAt?.UtcDateTime },
            StoreJson.Plain.AlertAdditionalFields),
    };
}
