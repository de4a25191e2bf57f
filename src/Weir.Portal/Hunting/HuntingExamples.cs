namespace Weir.Portal.Hunting;

/// <summary>Queries to begin with.</summary>
internal static class HuntingExamples
{
    public static IReadOnlyList<(string Title, string Kql)> All { get; } =
    [
        ("Threats that reached a mailbox in the last seven days",
            "EmailEvents\n| where Timestamp > ago(7d)\n| where ThreatTypes != '' and LatestDeliveryLocation in ('Inbox/folder', 'Junk folder')\n| project Timestamp, NetworkMessageId, RecipientEmailAddress, SenderFromAddress, Subject, ThreatTypes, LatestDeliveryLocation\n| sort by Timestamp desc"),
        ("Mail by threat and hour, drawn",
            "EmailEvents\n| where Timestamp > ago(3d)\n| summarize Messages = count() by bin(Timestamp, 1h), Threat = iff(ThreatTypes == '', 'None', ThreatTypes)\n| render timechart"),
        ("Senders by number of blocked messages",
            "EmailEvents\n| where Timestamp > ago(30d)\n| where DeliveryAction == 'Blocked'\n| summarize Messages = count(), Recipients = dcount(RecipientEmailAddress) by SenderFromDomain\n| top 50 by Messages desc"),
        ("Links that people clicked in messages judged as a threat",
            "UrlClickEvents\n| where Timestamp > ago(30d)\n| join kind=inner (EmailEvents | where ThreatTypes != '' | distinct NetworkMessageId, Subject, SenderFromAddress) on NetworkMessageId\n| project Timestamp, NetworkMessageId, AccountUpn, ActionType, Url, Subject, SenderFromAddress"),
        ("Attachments that arrived under different names",
            "EmailAttachmentInfo\n| where Timestamp > ago(30d) and SHA256 != ''\n| summarize Names = make_set(FileName, 10), Different = dcount(FileName), Messages = dcount(NetworkMessageId) by SHA256\n| where Different > 1\n| sort by Messages desc"),
        ("What was done after delivery, by kind",
            "EmailPostDeliveryEvents\n| where Timestamp > ago(30d)\n| summarize Messages = count() by ActionType, Action, ActionResult, bin(Timestamp, 1d)\n| sort by Timestamp desc"),
    ];
}
