using System.Globalization;
using System.Text;
using Weir.Kernel;
using Weir.Portal.Explorer;
using Weir.Response.Contracts;

namespace Weir.Portal.Quarantine;

/// <summary>What the quarantine page shows, as its address says it.</summary>
internal sealed record QuarantineView
{
    public const int Shown = 100;

    /// <summary>Times of receipt to choose from; the empty one is a week.</summary>
    public static IReadOnlyList<(string Id, string Name)> Times { get; } = [("24h", "Last 24 hours"), ("", "Last 7 days"), ("14d", "Last 14 days"), ("30d", "Last 30 days"), ("all", "Any time"), ("custom", "From … to …")];

    public static IReadOnlyList<(string Id, string Name)> Expiries { get; } = [("", "Whenever it expires"), ("today", "Expires within a day"), ("2d", "Expires within 2 days"), ("7d", "Expires within 7 days")];

    public string Find { get; init; } = "";
    public string Subject { get; init; } = "";
    public string Sender { get; init; } = "";
    public string Recipient { get; init; } = "";
    public string MessageId { get; init; } = "";
    public string Time { get; init; } = "";
    public string From { get; init; } = "";
    public string To { get; init; } = "";
    public string Expires { get; init; } = "";
    public string Tag { get; init; } = "";
    public string Where { get; init; } = "";
    public bool Blocked { get; init; }
    public IReadOnlyList<string> Reasons { get; init; } = [];
    public IReadOnlyList<string> Policies { get; init; } = [];
    public IReadOnlyList<ReleaseStatus> Statuses { get; init; } = [];
    public QuarantineOrder Order { get; init; }
    public bool Up { get; init; }
    public int Page { get; init; }

    /// <summary>Id and recipient of the message whose details are open, with a blank between.</summary>
    public string Open { get; init; } = "";

    public bool IsNarrowed => Find.Length + Subject.Length + Sender.Length + Recipient.Length + MessageId.Length + Expires.Length + Tag.Length + Where.Length + Reasons.Count + Policies.Count + Statuses.Count > 0 || Blocked || Time.Length > 0;

    /// <summary>Filters beside the search field that are set.</summary>
    public int Filters => new[] { Subject, Sender, Recipient, MessageId, Expires, Tag, Where }.Count(text => text.Length > 0) + Reasons.Count + Policies.Count + Statuses.Count + (Blocked ? 1 : 0);

    /// <summary>What an address brings counts only as far as the page knows it.</summary>
    public static QuarantineView Of(Func<string, string?> value) => new()
    {
        Find = Text(value("find")),
        Subject = Text(value("subject")),
        Sender = Text(value("sender")),
        Recipient = Text(value("recipient")),
        MessageId = Text(value("id")),
        Time = Times.Any(time => time.Id == value("time")) ? Text(value("time")) : "",
        From = Day(value("from")),
        To = Day(value("to")),
        Expires = Expiries.Any(expiry => expiry.Id == value("expires")) ? Text(value("expires")) : "",
        Tag = Text(value("tag")),
        Where = Text(value("where")),
        Blocked = value("blocked") == "yes",
        Reasons = [.. Parts(value("reason")).Intersect(QuarantineWords.Reasons, StringComparer.Ordinal)],
        Policies = [.. Parts(value("policy")).Intersect(QuarantineWords.PolicyTypes, StringComparer.Ordinal)],
        Statuses = [.. Parts(value("status")).Select(part => Enum.TryParse<ReleaseStatus>(part, out var status) && Enum.IsDefined(status) ? status : (ReleaseStatus?)null).OfType<ReleaseStatus>().Distinct()],
        Order = Enum.TryParse<QuarantineOrder>(value("sort"), out var order) && Enum.IsDefined(order) ? order : QuarantineOrder.Received,
        Up = value("up") == "yes",
        Page = int.TryParse(value("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page < 10_000_000 ? page : 0,
        Open = Text(value("open")),
    };

    public string Address(string path = "/quarantine")
    {
        var parts = new List<string>();
        foreach (var (name, value) in new[]
        {
            ("find", Find), ("subject", Subject), ("sender", Sender), ("recipient", Recipient), ("id", MessageId), ("time", Time), ("from", Time == "custom" ? From : ""), ("to", Time == "custom" ? To : ""),
            ("expires", Expires), ("tag", Tag), ("where", Where), ("blocked", Blocked ? "yes" : ""), ("reason", string.Join(',', Reasons)), ("policy", string.Join(',', Policies)), ("status", string.Join(',', Statuses)),
            ("sort", Order == QuarantineOrder.Received ? "" : Order.ToString()), ("up", Up ? "yes" : ""), ("page", Page == 0 ? "" : Page.ToString(CultureInfo.InvariantCulture)), ("open", Open),
        })
        {
            if (value.Length > 0)
            {
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }

        return parts.Count == 0 ? path : $"{path}?{string.Join('&', parts)}";
    }

    public QuarantineQuery Query(DateTimeOffset now, TimeZoneInfo zone) => new()
    {
        Find = Find,
        Subject = Subject,
        Sender = Sender,
        Recipient = Recipient,
        MessageId = MessageId,
        ReceivedFrom = Time switch { "24h" => now.AddDays(-1), "14d" => now.AddDays(-14), "30d" => now.AddDays(-30), "all" => null, "custom" => Begin(From, zone), _ => now.AddDays(-7) },
        ReceivedTo = Time == "custom" && Begin(To, zone) is { } end ? end.AddDays(1) : null,
        ExpiresBefore = Expires switch { "today" => now.AddDays(1), "2d" => now.AddDays(2), "7d" => now.AddDays(7), _ => null },
        Tag = Tag,
        Where = Where,
        OnlyBlockedSenders = Blocked,
        Reasons = Reasons,
        PolicyTypes = Policies,
        Statuses = Statuses,
        Order = Order,
        IsAscending = Up,
        Skip = Page * Shown,
        Take = Shown,
    };

    /// <summary>The same in KQL, as far as the record knows it: what people decided, and when it expires, is not in a table.</summary>
    public string Kql(DateTimeOffset now, TimeZoneInfo zone)
    {
        var query = Query(now, zone);
        var kql = new StringBuilder("EmailEvents\n| where LatestDeliveryLocation == \"Quarantine\"");
        if (query.ReceivedFrom is { } from)
        {
            kql.Append("\n| where Timestamp >= ").Append(KqlText.Literal(from));
        }

        if (query.ReceivedTo is { } to)
        {
            kql.Append("\n| where Timestamp <= ").Append(KqlText.Literal(to));
        }

        foreach (var (column, text) in new[] { ("Subject", Subject), ("SenderFromAddress", Sender), ("RecipientEmailAddress", Recipient), ("InternetMessageId", MessageId) })
        {
            if (text.Length > 0)
            {
                kql.Append(CultureInfo.InvariantCulture, $"\n| where {Like(column, text)}");
            }
        }

        if (Find.Length > 0)
        {
            kql.Append(CultureInfo.InvariantCulture, $"\n| where {Like("Subject", Find)} or {Like("SenderFromAddress", Find)} or {Like("RecipientEmailAddress", Find)} or {Like("InternetMessageId", Find)}");
        }

        if (Where.Length > 0)
        {
            kql.Append("\n| where ").Append(Where);
        }

        return kql.Append("\n| project Timestamp, Subject, SenderFromAddress, RecipientEmailAddress, ThreatTypes, EmailActionPolicy, LatestDeliveryLocation, NetworkMessageId\n| order by Timestamp desc").ToString();
    }

    public static string Pill(HeldMessage row) => row switch
    {
        { State: HeldState.Releasing, Problem.Length: > 0 } => "medium|Waits for the mail server",
        { State: HeldState.Releasing } => "running|Being released",
        { State: HeldState.Deleted } => "none|Deleted",
        { State: HeldState.Expired } => "none|Expired",
        { Status: ReleaseStatus.Released } => "clean|Released",
        { Status: ReleaseStatus.Requested } => "running|Release requested",
        { Status: ReleaseStatus.Denied } => "high|Denied",
        { Problem.Length: > 0 } => "high|Could not be released",
        _ => "none|" + QuarantineWords.Of(row.Status),
    };

    public static string ReasonPill(string reason) => reason switch
    {
        QuarantineWords.Malware => "malware|" + reason,
        QuarantineWords.HighConfidencePhishing => "hcphish|" + reason,
        QuarantineWords.Phishing => "phish|" + reason,
        QuarantineWords.Spam or QuarantineWords.Bulk => "spam|" + reason,
        _ => "info|" + reason,
    };

    public static string VerdictPill(string verdict) => verdict switch
    {
        "Malware" => "malware|Malware",
        "High confidence phish" => "hcphish|High confidence phish",
        "Phish" => "phish|Phish",
        "Clean" => "clean|Clean",
        _ => "spam|" + verdict,
    };

    public static string Bytes(long size) => size switch
    {
        < 1_024 => $"{size.ToString(CultureInfo.InvariantCulture)} B",
        < 1_048_576 => string.Create(CultureInfo.InvariantCulture, $"{size / 1_024d:0.#} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{size / 1_048_576d:0.#} MB"),
    };

    public static string OpenOf(HeldMessage row) => $"{row.Key.Id} {row.Key.Recipient}";

    public static HeldKey? KeyOf(string open) =>
        open.IndexOf(' ', StringComparison.Ordinal) is > 0 and var at && NetworkMessageId.TryParse(open[..at], out var id) ? new HeldKey(id, open[(at + 1)..]) : null;

    private static string Like(string column, string text) => text.Contains('*', StringComparison.Ordinal)
        ? $"{column} matches regex {KqlText.Literal($"(?i)^{string.Join(".*", text.Split('*').Select(System.Text.RegularExpressions.Regex.Escape))}$")}"
        : $"{column} contains {KqlText.Literal(text)}";

    private static DateTimeOffset? Begin(string day, TimeZoneInfo zone) =>
        DateTime.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year > 1 && date.Year < 9999 ? new DateTimeOffset(date, zone.GetUtcOffset(date)) : null;

    private static string Day(string? text) => DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text! : ""; // parsed: not null

    private static string Text(string? text) => text is { Length: <= 2_000 } ? text : "";

    private static string[] Parts(string? text) => Text(text).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
