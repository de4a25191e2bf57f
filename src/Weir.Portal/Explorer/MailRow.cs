using System.Globalization;
using System.Text.Json;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Portal.Shell;
using Weir.Response.Contracts;

namespace Weir.Portal.Explorer;

/// <summary>One row of EmailEvents in the words of pages. Missing columns read as empty.</summary>
internal sealed class MailRow(Answer answer, object?[] cells, TimeZoneInfo zone)
{
    private JsonElement? _more;

    public DateTimeOffset Timestamp =>
        answer.IndexOf("Timestamp") is >= 0 and var at && cells[at] is DateTime time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)) : default;

    public string Date => Viewer.Format(Timestamp, zone);

    public string Id => Text("NetworkMessageId");

    public string Recipient => Text("RecipientEmailAddress");

    public MessageTarget? Target => NetworkMessageId.TryParse(Id, out var id) ? new MessageTarget(id, Recipient, Timestamp) : null;

    public string SenderIp => Text("SenderIPv4") is { Length: > 0 } four ? four : Text("SenderIPv6");

    public string Verdict => More("Verdict") is { ValueKind: JsonValueKind.String } verdict ? verdict.GetString()! : "";

    public string ThreatPill => Threats.Pill(Text("ThreatTypes"), Verdict);

    public string Technologies => Threats.Technologies(Text("DetectionMethods"));

    public bool IsAssumed => More("DeliverySource") is { ValueKind: JsonValueKind.String } source && source.ValueEquals("assumed");

    public IReadOnlyList<string> Tags => LooseJson.Strings(More("Tags"));

    public IReadOnlyList<string> AdditionalActions => LooseJson.Strings(More("AdditionalActions"));

    public string LatestLocation => Vocabulary.LatestLocation(Text("LatestDeliveryLocation"), Text("LatestDeliveryAction"));

    public string OriginalRecipient => More("OriginalRecipient") is { ValueKind: JsonValueKind.String } original ? original.GetString()! : "";

    public string Override => Text("OrgLevelAction") switch
    {
        "Allow" => "Allowed by organization policy",
        "Block" => "Blocked by organization policy",
        _ => "None",
    };

    /// <summary><c>Allowed by organization policy : Sender domain list (admin)</c>.</summary>
    public string OverrideAndSource => Override == "None" ? "None" : $"{Override} : {Text("OrgLevelPolicy")}";

    public string Text(string column) => answer.IndexOf(column) is >= 0 and var at ? Convert.ToString(cells[at], CultureInfo.InvariantCulture) ?? "" : "";

    public string Number(string column) =>
        answer.IndexOf(column) is >= 0 and var at && cells[at] is IFormattable number ? number.ToString(column == "EmailClusterId" ? "D" : "N0", CultureInfo.InvariantCulture) : "";

    private JsonElement? More(string property)
    {
        _more ??= LooseJson.Read(Text("AdditionalFields"));
        return _more is { ValueKind: JsonValueKind.Object } more && more.TryGetProperty(property, out var value) ? value : null;
    }
}
