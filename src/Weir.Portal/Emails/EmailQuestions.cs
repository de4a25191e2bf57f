using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Portal.Campaigns;
using Weir.Portal.Explorer;
using Weir.Portal.Shell;
using Weir.Response.Contracts;

namespace Weir.Portal.Emails;

/// <summary>Asks for everything about one message, in KQL like everybody else.</summary>
/// <param name="ask">Asks in KQL for at most so many rows, as somebody.</param>
/// <param name="zone">In which times are written.</param>
internal sealed class EmailQuestions(Func<string, int, CancellationToken, ValueTask<Answer>> ask, Func<TimeZoneInfo> zone)
{
    private static readonly string[] SimilarColumns =
    [
        "Timestamp", "NetworkMessageId", "RecipientEmailAddress", "Subject", "SenderFromAddress", "SenderIPv4", "SenderIPv6", "DeliveryAction",
        "LatestDeliveryLocation", "LatestDeliveryAction", "OrgLevelAction",
    ];

    /// <summary>How far the rows of a message may lie from its time.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromDays(1);

    /// <summary>Nothing when there is no such message for this recipient.</summary>
    /// <param name="at">The message's time; default when unknown, which is slower.</param>
    public async ValueTask<EmailRecord?> FindAsync(string id, string recipient, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (!NetworkMessageId.TryParse(id, out var messageId))
        {
            return null;
        }

        var rows = await RowsAsync($"EmailEvents{Of(id, at, isLater: false)}", 1_000, cancellationToken);
        var row = rows.FirstOrDefault(each => each.Recipient.Equals(recipient, StringComparison.OrdinalIgnoreCase)) ?? (recipient.Length == 0 && rows is [var any, ..] ? any : null);
        if (row is null)
        {
            return null;
        }

        at = row.Timestamp;
        var attachments = RowsAsync($"EmailAttachmentInfo{Of(id, at, isLater: false)}", 2_000, cancellationToken).AsTask();
        var urls = RowsAsync($"EmailUrlInfo{Of(id, at, isLater: false)}", 2_000, cancellationToken).AsTask();
        var evidence = RowsAsync($"WeirMessageEvidence{Of(id, at, isLater: false)}\n| take 1", 1, cancellationToken).AsTask();
        var deliveries = RowsAsync($"WeirDeliveryEvents{Of(id, at, isLater: true)}", 2_000, cancellationToken).AsTask();
        var actions = RowsAsync($"EmailPostDeliveryEvents{Of(id, at, isLater: true)}", 2_000, cancellationToken).AsTask();
        var clicks = RowsAsync($"UrlClickEvents{Of(id, at, isLater: true)}", 2_000, cancellationToken).AsTask();
        var campaigns = RowsAsync($"CampaignInfo{Of(id, at, isLater: false)}\n| take 1", 1, cancellationToken).AsTask();
        var ties = RowsAsync($"WeirCampaignTies{Of(id, at, isLater: false)}", 100, cancellationToken).AsTask();
        await Task.WhenAll(attachments, urls, evidence, deliveries, actions, clicks, campaigns, ties);

        var why = (await evidence) is [var found] ? EvidenceText.Read(found) : EmailEvidence.None;
        return new EmailRecord
        {
            Row = row,
            Target = new MessageTarget(messageId, row.Recipient, row.Timestamp),
            Recipients = rows,
            Evidence = why,
            Campaign = (await campaigns) is [var campaign] ? CampaignPlace.Of(campaign, await ties) : null,
            Attachments = Attachments(await attachments, row.Recipient),
            Urls = Urls(await urls, await clicks, why),
            Timeline = TimelineText.Of(row, await deliveries, await actions, await clicks),
            Authentication = Authentication(row, why),
        };
    }

    /// <summary>The newest messages of a view of Explorer with a time of its own.</summary>
    public async ValueTask<IReadOnlyList<MailRow>> RowsAsync(ExplorerAddress view, int limit, CancellationToken cancellationToken)
    {
        var window = view.Range.Window(view.Range.To, zone());
        return await RowsAsync(new ExplorerQuery(window, view.Filter).Rows(window.From, window.To, view.Order, SimilarColumns, skip: 0, limit), limit, cancellationToken);
    }

    private static string Of(string id, DateTimeOffset at, bool isLater)
    {
        var from = at == default ? "" : $"\n| where Timestamp >= {KqlText.Literal(at - Around)}";
        var to = at == default || isLater ? "" : $"\n| where Timestamp < {KqlText.Literal(at + Around)}";
        return $"{from}{to}\n| where NetworkMessageId == {KqlText.Literal(id)}";
    }

    private async ValueTask<IReadOnlyList<MailRow>> RowsAsync(string kql, int limit, CancellationToken cancellationToken)
    {
        var answer = await ask(kql, limit, cancellationToken);
        return [.. answer.Rows.Select(cells => new MailRow(answer, cells, zone()))];
    }

    private static IReadOnlyList<EmailAttachment> Attachments(IReadOnlyList<MailRow> rows, string recipient) =>
    [
        .. rows.Where(row => row.Recipient.Equals(recipient, StringComparison.OrdinalIgnoreCase) || row.Recipient.Length == 0)
            .Select(row => new EmailAttachment(SafeText.Of(row.Text("FileName")), row.Text("FileType"), row.Text("FileExtension"), row.Number("FileSize"),
                Threats.Pill(row.Text("ThreatTypes"), ""), row.Text("ThreatNames"), row.Text("SHA256"),
                string.Join("; ", EvidenceText.Flatten(LooseJson.Read(row.Text("AdditionalFields"))).Select(fact => $"{fact.Name}: {fact.Value}")))),
    ];

    private static IReadOnlyList<EmailUrl> Urls(IReadOnlyList<MailRow> rows, IReadOnlyList<MailRow> clicks, EmailEvidence evidence) =>
    [
        .. rows.Select(row => new EmailUrl(row.Text("Url"), row.Text("UrlDomain"), Source(row.Text("UrlLocation")), Threat(row.Text("Url"), evidence),
            clicks.Count(click => click.Text("Url") == row.Text("Url")))),
    ];

    private static string Source(string location) =>
        ExplorerProperties.Find("urlSource")?.Show(location) is { Length: > 0 } known ? known : "Unknown";

    private static string Threat(string url, EmailEvidence evidence) =>
        evidence.Signals.FirstOrDefault(signal => signal.Entity == url && signal.Threat.Length > 0) is { } signal ? Threats.Pill(signal.Threat, "") : "none|No threat";

    private static IReadOnlyList<(string Name, string Result)> Authentication(MailRow row, EmailEvidence evidence)
    {
        var details = LooseJson.Read(row.Text("AuthenticationDetails"));
        return
        [
            .. new[] { ("SPF", "spf"), ("DKIM", "dkim"), ("DMARC", "dmarc"), ("CompAuth", "composite") }.Select(pair =>
                (pair.Item1 == "CompAuth" ? "Composite authentication" : pair.Item1,
                 ExplorerProperties.Find(pair.Item2)?.Show(LooseJson.Text(details, pair.Item1).ToLowerInvariant()) ?? "")),
            .. evidence.Arc is "pass" or "fail" ? [("ARC", evidence.Arc == "pass" ? "Pass" : "Fail")] : Array.Empty<(string, string)>(),
        ];
    }
}
