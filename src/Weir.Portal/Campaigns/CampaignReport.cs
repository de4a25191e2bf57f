using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Portal.Access;
using Weir.Portal.Explorer;
using Weir.Portal.Shell;

namespace Weir.Portal.Campaigns;

/// <summary>A campaign as one file that opens anywhere and prints: its impact, its flow and all its tables. Everything in it is text.</summary>
internal static class CampaignReport
{
    /// <summary>Rows of a table in the file; the page exports all.</summary>
    private const int MostRows = 5_000;

    private const string Style = "body{font:14px/1.5 system-ui,sans-serif;margin:2em auto;max-width:70em;padding:0 1em;color:#1b2129}h1{font-size:1.5em}h2{font-size:1.1em;margin-top:2em}table{border-collapse:collapse;width:100%;font-size:.9em}"
        + "th,td{text-align:left;padding:.25em .6em;border-bottom:1px solid #e1e5ea;overflow-wrap:anywhere;vertical-align:top}th{color:#4a5563}td.n,th.n{text-align:right}";

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/campaigns/{id}/report", WriteAsync).WithMetadata(new RequiresPermissionAttribute(Permission.EmailMetadataRead));

    private static async Task WriteAsync(HttpContext context, string id, KnownCallers callers, IQuestions questions, IAuditTrail audit, TimeProvider time)
    {
        var cancellation = context.RequestAborted;
        if (await callers.OfAsync(context.User, cancellation) is not { } caller)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        async Task<Answer> AskAsync(string kql) => await questions.AskAsync(caller, new Question(kql) { MaxRows = MostRows }, cancellation);
        var merged = await AskAsync(CampaignQuestions.MergedInto(id));
        var now = merged.Rows is [[string { Length: > 0 } into], ..] ? into : id;
        if (CampaignQuestions.Campaigns(await AskAsync(CampaignQuestions.One(now))) is not [var campaign, ..])
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await audit.RecordAsync(caller, new AuditEntry("CampaignReport", campaign.Id, "Success"), cancellation);
        var zone = Viewer.ZoneOf(context);
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = $"campaign-{campaign.Id}.html" }.ToString();
        context.Response.Headers.CacheControl = "no-store";
        await using var writer = new StreamWriter(context.Response.Body);
        await writer.WriteAsync($"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{Html(campaign.Name)}</title><style>{Style}</style><h1>{Html(campaign.Name)}</h1><p>{Html(campaign.Subject)}</p>".AsMemory(), cancellation);
        await WriteTableAsync(writer, "Impact", ["Fact", "Value"], Facts(campaign, zone, time), cancellation);
        if (CampaignFlow.Of(await AskAsync(CampaignQuestions.Flow(campaign.Id))) is { } flow)
        {
            await WriteTableAsync(writer, "Flow", ["From: what", "From: which", "To: what", "To: which", "Messages"],
                flow.Links.Select(string[] (link) => [CampaignFlow.Layers[link.Layer], link.From, CampaignFlow.Layers[link.Layer + 1], link.To, Number(link.Value)]), cancellation);
        }

        foreach (var tab in CampaignQuestions.Tabs(campaign.Id))
        {
            var answer = await AskAsync(tab.Kql);
            await WriteTableAsync(writer, answer.IsTruncated ? $"{tab.Name} (the first {Number(MostRows)})" : tab.Name, [.. answer.Columns.Select(column => column.Type == "datetime" ? $"{column.Name} ({zone.Id})" : column.Name)],
                answer.Rows.Select(string[] (row) => [.. row.Select(cell => Cell(cell, zone))]), cancellation);
        }

        await writer.WriteAsync("</html>".AsMemory(), cancellation);
    }

    private static string[][] Facts(CampaignRecord campaign, TimeZoneInfo zone, TimeProvider time) =>
    [
        ["Campaign ID", campaign.Id], ["Type", campaign.Subtype.Length > 0 ? $"{campaign.Type}, {campaign.Subtype}" : campaign.Type],
        [$"Activity ({zone.Id})", $"{Viewer.Format(campaign.First, zone)} – {Viewer.Format(campaign.Last, zone)} ({campaign.Activity})"],
        ["Messages", Number(campaign.Messages)], ["Recipients", Number(campaign.Recipients)], ["Inboxed", Number(campaign.Inboxed)], ["Still in inboxes", Number(campaign.StillThere)],
        ["Clicked link", Number(campaign.Clicked)], ["Visited link", Number(campaign.Visited)], [$"Written ({zone.Id})", Viewer.Format(time.GetUtcNow(), zone)],
    ];

    private static async Task WriteTableAsync(StreamWriter writer, string title, IReadOnlyList<string> heads, IEnumerable<string[]> rows, CancellationToken cancellation)
    {
        await writer.WriteAsync($"<h2>{Html(title)}</h2><table><thead><tr>{string.Concat(heads.Select(head => $"<th>{Html(head)}</th>"))}</tr></thead><tbody>".AsMemory(), cancellation);
        foreach (var row in rows)
        {
            await writer.WriteAsync($"<tr>{string.Concat(row.Select(cell => $"<td>{Html(cell)}</td>"))}</tr>\n".AsMemory(), cancellation);
        }

        await writer.WriteAsync("</tbody></table>".AsMemory(), cancellation);
    }

    private static string Cell(object? cell, TimeZoneInfo zone) => cell is DateTime at ? Viewer.Format(new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)), zone) : CsvText.Of(cell);

    private static string Html(string text) => HtmlEncoder.Default.Encode(SafeText.Of(text));

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
