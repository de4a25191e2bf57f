using Weir.Portal.Explorer;

namespace Weir.Portal.Emails;

/// <summary>Facts of delivery, later actions and clicks as one list in the order of time.</summary>
internal static class TimelineText
{
    public static IReadOnlyList<TimelineEntry> Of(MailRow message, IReadOnlyList<MailRow> deliveries, IReadOnlyList<MailRow> actions, IReadOnlyList<MailRow> clicks)
    {
        var own = deliveries.Where(row => IsFor(row, message)).ToList();
        var entries = own.Select(Delivery).ToList();
        // What Weir itself kept or dropped was never delivered: nobody else reports where it went.
        if (own.TrueForAll(row => row.Text("Event") is not ("Delivery" or "Refused")) && message.Text("DeliveryLocation") is { Length: > 0 } and not "Unknown" and var kept)
        {
            var judged = own.Find(row => row.Text("Event") == "Judged")?.Timestamp ?? message.Timestamp;
            entries.Add(new TimelineEntry(judged, "System", "Original delivery", $"{Vocabulary.Location(kept)} – {Vocabulary.DeliveryAction(message.Text("DeliveryAction"))}", "", ""));
        }

        // An action is in both tables; Weir's own knows who asked.
        entries.AddRange(actions.Where(row => IsFor(row, message) && !own.Any(known => known.Text("Event") == "Action" && known.Text("Action") == row.Text("Action") && known.Timestamp == row.Timestamp))
            .Select(row => Action(row, row.Text("ActionResult"), row.Text("DeliveryLocation"), "")));
        entries.AddRange(clicks.Where(row => row.Text("AccountUpn").Length == 0 || row.Text("AccountUpn").Equals(message.Recipient, StringComparison.OrdinalIgnoreCase)).Select(Click));
        return [.. entries.OrderBy(entry => entry.At)];
    }

    /// <summary>The entries that have the words somewhere in what is shown of them.</summary>
    public static IReadOnlyList<TimelineEntry> Find(IReadOnlyList<TimelineEntry> entries, string words) => words.Trim() is { Length: > 0 } text
        ? [.. entries.Where(entry => new[] { entry.Source, entry.Event, entry.Result, entry.Threats, entry.Details }.Any(shown => shown.Contains(text, StringComparison.OrdinalIgnoreCase)))]
        : entries;

    private static bool IsFor(MailRow row, MailRow message) =>
        row.Recipient.Length == 0 || row.Recipient.Equals(message.Recipient, StringComparison.OrdinalIgnoreCase)
        || (message.OriginalRecipient.Length > 0 && row.Recipient.Equals(message.OriginalRecipient, StringComparison.OrdinalIgnoreCase));

    /// <summary>What a verdict calls a threat: a message that is judged again has one for each.</summary>
    private static string Threat(string verdict) => verdict switch
    {
        "High confidence phish" => "Phish",
        "Malware" or "Phish" or "Spam" => verdict,
        _ => "",
    };

    private static TimelineEntry Delivery(MailRow row) => row.Text("Event") switch
    {
        "Received" => new(row.Timestamp, "System", "Received", $"By {row.Text("Source")}", "", ""),
        "Seen" => new(row.Timestamp, "System", "Seen again", $"By {row.Text("Source")}", "", "The same message came through another door; it is one message."),
        "Judged" => new(row.Timestamp, "System", row.Text("Why").Length > 0 ? "Judged again" : "Judged", row.Text("Result"), Threat(row.Text("Result")), row.Text("Why")),
        "Refused" => new(row.Timestamp, "System", "Refused", row.Text("Reply"), "", ""),
        "Campaign" => new(row.Timestamp, "System", "Campaign", row.Text("Result"), "", "Found to belong to a campaign."),
        "Campaign left" => new(row.Timestamp, "System", "Campaign", row.Text("Result"), "", "No longer counted to the campaign: it was judged again."),
        "Action" => Action(row, row.Text("Result"), row.Text("Location"), row.Text("By")),
        _ => new(row.Timestamp, "System", "Original delivery", Place(row.Text("Location"), row.Text("Folder")) + Outcome(row.Text("Location")), "", Details(row)),
    };

    private static TimelineEntry Action(MailRow row, string result, string location, string by) =>
        new(row.Timestamp, row.Text("ActionTrigger") is not "SpecialAction" && (row.Text("ActionTrigger") is "AdminAction" or "Admin" || by.Length > 0) ? "Admin" : "System",
            row.Text("ActionType"), location.Length > 0 ? $"{Vocabulary.LatestLocation(location, row.Text("Action"))} – {result}" : result, row.Text("ThreatTypes"),
            string.Join(", ", new[] { row.Text("Action"), by.Length > 0 ? $"by {by}" : "", row.Text("Why") }.Where(part => part.Length > 0)));

    private static TimelineEntry Click(MailRow row) =>
        new(row.Timestamp, "User", "URL click", ExplorerProperties.Find("click")?.Show(row.Text("ActionType")) ?? row.Text("ActionType"), row.Text("ThreatTypes"), row.Text("Url"));

    private static string Outcome(string location) => location switch
    {
        "Junk folder" => " – Delivered to junk",
        "Quarantine" or "Failed" or "Dropped" => " – Blocked",
        "" or "Unknown" => "",
        _ => " – Delivered",
    };

    private static string Place(string location, string folder) =>
        folder.Length > 0 && !folder.Equals("INBOX", StringComparison.OrdinalIgnoreCase) ? $"{Vocabulary.Location(location)} ({folder})" : Vocabulary.Location(location);

    private static string Details(MailRow row) => string.Join("; ", new[]
    {
        row.Text("OriginalRecipient") is { Length: > 0 } original && original != row.Recipient ? $"sent to {original}" : "",
        row.Text("DistributionList") is { Length: > 0 } list ? $"through the list {list}" : "",
        row.Text("Forwarding") is { Length: > 0 } forwarding ? $"forwarded: {forwarding}" : "",
        row.Text("Reply"),
        row.Text("Source") switch { "" => "", "assumed" => "assumed: the mail server does not report deliveries", var source => $"reported by {source}" },
    }.Where(part => part.Length > 0));
}
