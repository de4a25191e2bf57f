using System.Globalization;
using Weir.Access.Contracts;
using Weir.Kernel;
using Weir.Mailboxes.Contracts;
using Weir.Response.Contracts;
using Weir.Response.Remediations;

namespace Weir.Response.AfterDelivery;

/// <summary>The alerts that follow mail being taken back (inventory §10.4).</summary>
internal sealed class ZapAlerts(IRaiseAlert alerts)
{
    private const string NotRemoved = "Messages containing malicious entity not removed after delivery";

    private static readonly Caller Self = Caller.System("automation", Permission.AlertsManage);

    /// <summary>An automatic action waits for a person.</summary>
    public async Task WaitsAsync(RemediationRow action, IReadOnlyList<EntryRow> entries, string why, CancellationToken cancellationToken) =>
        await alerts.RaiseAsync(
            Self,
            new NewAlert
            {
                Key = $"zap/{action.ApprovalId}/waits",
                Title = NotRemoved,
                Description = $"{Count(entries.Count)} wait{(entries.Count == 1 ? "s" : "")} for approval in Action center › Pending: {why}. Cause: {action.Description}.",
                Severity = AlertSeverity.Medium,
                Category = "InitialAccess",
                AttackTechniques = ["T1566"],
                Evidence = [.. entries.Select(Message)],
            },
            cancellationToken);

    /// <summary>An automatic action is done: what was removed, and what was not.</summary>
    public async Task DoneAsync(RemediationRow action, IReadOnlyList<EntryRow> entries, CancellationToken cancellationToken)
    {
        var zapped = entries.Where(entry => entry.ActionType != ZapPlan.Reprocessed).ToList();
        if (zapped.Where(entry => entry.Outcome == MailboxOutcome.Success).ToList() is { Count: > 0 } removed)
        {
            await alerts.RaiseAsync(
                Self,
                new NewAlert
                {
                    Key = $"zap/{action.ApprovalId}/removed",
                    Title = TitleOf(action.About),
                    Description = $"{Count(removed.Count)} {(removed.Count == 1 ? "was" : "were")} taken out of mailboxes. Cause: {action.Description}.",
                    Severity = AlertSeverity.Informational,
                    Category = "InitialAccess",
                    AttackTechniques = ["T1566"],
                    Evidence = [.. removed.Select(Message)],
                },
                cancellationToken);
        }

        if (zapped.Where(entry => entry.Outcome is MailboxOutcome.Failure or MailboxOutcome.NotFound).ToList() is { Count: > 0 } left)
        {
            await alerts.RaiseAsync(
                Self,
                new NewAlert
                {
                    Key = $"zap/{action.ApprovalId}/left",
                    Title = NotRemoved,
                    Description = $"{Count(left.Count)} could not be taken out of {(left.Count == 1 ? "a mailbox" : "mailboxes")}; the Action center says why for each. Cause: {action.Description}.",
                    Severity = AlertSeverity.Medium,
                    Category = "InitialAccess",
                    AttackTechniques = ["T1566"],
                    Evidence = [.. left.Select(Message)],
                },
                cancellationToken);
        }
    }

    /// <summary>Bad mail stays in mailboxes because a policy has ZAP switched off.</summary>
    public async Task DisabledAsync(string rejudgingId, string reason, bool isMalware, IReadOnlyList<MessageTarget> targets, CancellationToken cancellationToken) =>
        await alerts.RaiseAsync(
            Self,
            new NewAlert
            {
                Key = $"zap/{rejudgingId}/disabled/{(isMalware ? "malware" : "phish")}",
                Title = isMalware ? "Malware not zapped because ZAP is disabled" : "Phish not zapped because ZAP is disabled",
                Description = $"{Count(targets.Count)} {(targets.Count == 1 ? "stays" : "stay")} in mailboxes: a policy has zero-hour auto purge switched off. Cause: {reason}.",
                Severity = AlertSeverity.Informational,
                Category = "InitialAccess",
                AttackTechniques = ["T1566"],
                Evidence = [.. targets.Select(target => AlertedEntity.Message(target, ""))],
            },
            cancellationToken);

    private static string TitleOf(string about) => about switch
    {
        "File" => "Email messages containing malicious file removed after delivery",
        "Url" => "Email messages containing malicious URL removed after delivery",
        "Campaign" => "Email messages from a campaign removed after delivery",
        _ => "Email messages removed after delivery",
    };

    private static string Count(int messages) => messages == 1 ? "1 message" : $"{messages.ToString("N0", CultureInfo.InvariantCulture)} messages";

    private static AlertedEntity Message(EntryRow entry) =>
        AlertedEntity.Message(new MessageTarget(NetworkMessageId.Parse(entry.MessageId, CultureInfo.InvariantCulture), entry.Recipient, entry.Timestamp), entry.Subject);
}
