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

    /// <summary>For people: what is not there says so, what plays tricks is written out.</summary>
    public string Subject => Text("Subject") is { Length: > 0 } subject ? SafeText.Of(subject) : "(no subject)";

    public string SenderName => SafeText.Of(Text("SenderDisplayName"));

    public string SenderIp => Text("SenderIPv4") is { Length: > 0 } four ? four : Text("SenderIPv6");

    public string Verdict => MoreText("Verdict");

    public string ThreatPill => Threats.Pill(Text("ThreatTypes"), Verdict);

    public string Technologies => Threats.Technologies(Text("DetectionMethods"));

    public bool IsAssumed => MoreText("DeliverySource") == "assumed";

    public IReadOnlyList<string> Tags => LooseJson.Strings(More("Tags"));

    public IReadOnlyList<string> AdditionalActions => LooseJson.Strings(More("AdditionalActions"));

    public string LatestLocation => Vocabulary.LatestLocation(Text("LatestDeliveryLocation"), Text("LatestDeliveryAction"));

    public string OriginalRecipient => MoreText("OriginalRecipient");

    public string Door => Vocabulary.Door(MoreText("Door"));

    public string ReportedBy => Vocabulary.Reporter(MoreText("DeliverySource"));

    public IReadOnlyList<string> ImpersonatedUsers => LooseJson.Strings(More("ImpersonatedUsers"));

    public IReadOnlyList<string> ImpersonatedDomains => LooseJson.Strings(More("ImpersonatedDomains"));

    public IReadOnlyList<string> UrlThreats => LooseJson.Strings(More("UrlThreats"));

    /// <summary>The policy that decided for this recipient; empty when none had to.</summary>
    public string PolicyName => SafeText.Of(MoreText("Policy"));

    public string PolicyType => MoreText("PolicyType");

    /// <summary>Why the policy's action was not done; empty when it was.</summary>
    public string Held => MoreText("Held");

    /// <summary>The action that was not done.</summary>
    public string WouldAction => Vocabulary.PolicyAction(MoreText("WouldAction"));

    /// <summary>Sources of all overrides, the primary one first.</summary>
    public IReadOnlyList<string> Overrides => LooseJson.Strings(More("Overrides"));

    /// <summary>High or Normal; empty when it is no phish.</summary>
    public string PhishConfidence => LooseJson.Text(LooseJson.Read(Text("ConfidenceLevel")), "Phish") switch
    {
        "" => "",
        "High" => "High",
        _ => "Normal",
    };

    /// <summary>SPF, DKIM, DMARC or CompAuth in the words of pages; empty when it was not checked.</summary>
    /// <param name="property">Id of the <see cref="ExplorerProperty"/> with its values.</param>
    public string Authentication(string key, string property) =>
        ExplorerProperties.Find(property)!.Show(LooseJson.Text(LooseJson.Read(Text("AuthenticationDetails")), key).ToLowerInvariant());

    /// <summary>Who forwarded it, by what.</summary>
    public string Forwarding => LooseJson.Read(Text("ForwardingInformation")) is { ValueKind: JsonValueKind.Array } all
        ? string.Join(", ", all.EnumerateArray().Select(each => $"{LooseJson.Text(each, "ForwardingUser")} ({LooseJson.Text(each, "ForwardingType")})"))
        : Text("ForwardingInformation");

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

    private string MoreText(string property) => More(property) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    private JsonElement? More(string property)
    {
        _more ??= LooseJson.Read(Text("AdditionalFields"));
        return _more is { ValueKind: JsonValueKind.Object } more && more.TryGetProperty(property, out var value) ? value : null;
    }
}
