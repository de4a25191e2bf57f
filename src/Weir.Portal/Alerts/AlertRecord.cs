using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Portal.Explorer;

namespace Weir.Portal.Alerts;

/// <summary>An alert of the list.</summary>
/// <param name="Impacted">How many things it says were hit.</param>
internal sealed record AlertRecord(string Id, DateTimeOffset At, string Title, string Severity, string Category, string Description, long Impacted)
{
    /// <summary>Severities, the worst first.</summary>
    public static IReadOnlyList<string> Severities { get; } = ["High", "Medium", "Low", "Informational"];

    /// <summary>As a pill shows it.</summary>
    public string Pill => Severity switch { "High" => "high|High", "Medium" => "medium|Medium", "Low" => "low|Low", _ => $"info|{Severity}" };
}

/// <summary>One thing that an alert speaks of.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Account">The mailbox it is in, when that is not its name.</param>
/// <param name="MessageId">The message whose page it has; nothing for others.</param>
internal sealed record AlertedThing(string Type, string Role, string Name, string Account, NetworkMessageId? MessageId, DateTimeOffset? ReceivedAt);

/// <summary>The questions of the alerts page, in KQL.</summary>
internal static class AlertQuestions
{
    public const int Shown = 500;

    /// <summary>All alerts in a span of time, the newest first.</summary>
    public static string List(string span, string severity, string words) => $"""
        AlertInfo
        | where Timestamp > ago({span}){(severity.Length > 0 ? $"\n| where Severity == {KqlText.Literal(severity)}" : "")}{(words.Length > 0 ? $"\n| where Title contains {KqlText.Literal(words)} or AlertId == {KqlText.Literal(words)}" : "")}
        | join kind=leftouter (AlertEvidence
            | where Timestamp > ago({span})
            | summarize Impacted = countif(EvidenceRole == "Impacted"), Description = take_any(tostring(parse_json(AdditionalFields).Description)) by AlertId) on AlertId
        | project AlertId, Timestamp, Title, Severity, Category, Description, Impacted
        | order by Timestamp desc
        """;

    public static string One(string id) => $"""
        AlertInfo
        | where AlertId == {KqlText.Literal(id)}
        | join kind=leftouter (AlertEvidence
            | where AlertId == {KqlText.Literal(id)}
            | summarize Impacted = countif(EvidenceRole == "Impacted"), Description = take_any(tostring(parse_json(AdditionalFields).Description)) by AlertId) on AlertId
        | project AlertId, Timestamp, Title, Severity, Category, Description, Impacted
        """;

    public static string Evidence(string id) => $"""
        AlertEvidence
        | where AlertId == {KqlText.Literal(id)}
        | extend More = parse_json(AdditionalFields)
        | project EntityType, EvidenceRole, NetworkMessageId, EmailSubject, AccountUpn, RemoteUrl, RemoteIP, FileName, SHA256, Name = tostring(More.Name), ReceivedAt = todatetime(More.ReceivedAt)
        | order by EvidenceRole asc, EntityType asc
        """;

    public static IReadOnlyList<AlertRecord> Alerts(Answer answer) =>
        [.. answer.Rows.Select(row => new AlertRecord(Text(row[0]), Instant(row[1]) ?? default, Text(row[2]), Text(row[3]), Text(row[4]), Text(row[5]), row[6] as long? ?? 0))];

    public static IReadOnlyList<AlertedThing> Things(Answer answer) => [.. answer.Rows.Select(Thing)];

    private static AlertedThing Thing(object?[] row)
    {
        string[] names = Text(row[0]) switch
        {
            "MailMessage" => [Text(row[3]).Length > 0 ? Text(row[3]) : "(no subject)"],
            "File" => [Text(row[7]), Text(row[8])],
            _ => [Text(row[9]), Text(row[5]), Text(row[6]), Text(row[4])],
        };
        var name = names.FirstOrDefault(one => one.Length > 0, "");
        var account = Text(row[4]);
        return new AlertedThing(
            Text(row[0]), Text(row[1]), name, account == name ? "" : account, NetworkMessageId.TryParse(Text(row[2]), out var id) ? id : null, Instant(row[10]));
    }

    private static string Text(object? cell) => cell as string ?? "";

    private static DateTimeOffset? Instant(object? cell) => cell is DateTime at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : null;
}
