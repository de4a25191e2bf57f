using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Portal.Access;
using Weir.Portal.Shell;

namespace Weir.Portal.Explorer;

/// <summary>All rows of a view as CSV, streamed: memory does not grow with the number of rows.</summary>
internal static class ExportEndpoint
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/explorer/export", ExportAsync).WithMetadata(new RequiresPermissionAttribute(Permission.EmailMetadataRead));
        endpoints.MapGet("/exports/{id}/file", FetchAsync).WithMetadata(new RequiresPermissionAttribute(Permission.EmailMetadataRead));
        endpoints.MapGet("/explorer/chart.csv", ExportChartAsync).WithMetadata(new RequiresPermissionAttribute(Permission.EmailMetadataRead));
    }

    private static async Task ExportAsync(HttpContext context, KnownCallers callers, IPreferences preferences, ValueLists lists, IQuestions questions, IAuditTrail audit, TimeProvider time)
    {
        var cancellation = context.RequestAborted;
        if (await callers.OfAsync(context.User, cancellation) is not { } caller)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var address = await lists.ReadAsync(caller, $"http://here{context.Request.Path}{context.Request.QueryString}", await preferences.FindAsync(caller, Viewer.ColumnsName, cancellation), cancellation);
        if (address.Problems.Count > 0)
        {
            await RefuseAsync(context, address);
            return;
        }

        var query = new ExplorerQuery(address.Range.Window(time.GetUtcNow(), Viewer.ZoneOf(context)), address.Filter) { View = address.View };
        if (address.Tab != DetailTab.Email)
        {
            await audit.RecordAsync(caller, new AuditEntry("ExportRows", address.Tab.Name, "Success"), cancellation);
            await AnswerFile.WriteAsync(context, address.Tab.Id, questions, caller, DetailTable.Of(query, address.Tab).Kql, time);
            return;
        }

        var kql = query.Everything(address.Order, MailColumns.Sources(address.Columns, address.Sort));
        await audit.RecordAsync(caller, new AuditEntry("ExportMessages", Target: null, "Success"), cancellation);

        CsvFile.Prepare(context.Response, "messages", Viewer.ZoneOf(context), time);
        await using var writer = new StreamWriter(context.Response.Body);
        var lines = new MailLines(address.Columns);
        await writer.WriteAsync(lines.Head.AsMemory(), cancellation);
        await foreach (var batch in questions.StreamAsync(caller, new Question(kql) { Timeout = TimeSpan.FromMinutes(10) }, cancellation).WithCancellation(cancellation))
        {
            foreach (var cells in batch.Rows)
            {
                await writer.WriteAsync(lines.Line(batch, cells).AsMemory(), cancellation);
            }
        }
    }

    /// <summary>A file that was made in the background.</summary>
    private static async Task FetchAsync(HttpContext context, string id, KnownCallers callers, IExports exports, IAuditTrail audit)
    {
        var cancellation = context.RequestAborted;
        if (await callers.OfAsync(context.User, cancellation) is not { } caller)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        if (exports.List(caller).FirstOrDefault(export => export.Id == id) is not { } export || await exports.OpenAsync(caller, id, cancellation) is not { } file)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await using (file)
        {
            await audit.RecordAsync(caller, new AuditEntry("FetchExport", export.Name, "Success"), cancellation);
            context.Response.ContentType = "text/csv; charset=utf-8";
            context.Response.ContentLength = file.Length;
            context.Response.Headers.ContentDisposition = new Microsoft.Net.Http.Headers.ContentDispositionHeaderValue("attachment") { FileName = export.FileName }.ToString();
            context.Response.Headers.CacheControl = "no-store";
            await file.CopyToAsync(context.Response.Body, cancellation);
        }
    }

    private static async Task ExportChartAsync(HttpContext context, KnownCallers callers, ValueLists lists, IQuestions questions, TimeProvider time)
    {
        var cancellation = context.RequestAborted;
        if (await callers.OfAsync(context.User, cancellation) is not { } caller)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var address = await lists.ReadAsync(caller, $"http://here{context.Request.Path}{context.Request.QueryString}", ownColumns: null, cancellation);
        if (address.Problems.Count > 0)
        {
            await RefuseAsync(context, address);
            return;
        }

        var query = new ExplorerQuery(address.Range.Window(time.GetUtcNow(), Viewer.ZoneOf(context)), address.Filter) { View = address.View };
        var answer = await questions.AskAsync(caller, new Question($"{query.Histogram(address.Pivot, top: null, query.Window.Step)}\n| sort by Start asc, Series asc"), cancellation);
        CsvFile.Prepare(context.Response, "chart", Viewer.ZoneOf(context), time);
        await using var writer = new StreamWriter(context.Response.Body);
        await writer.WriteAsync(CsvText.Line(["Start (UTC)", address.Pivot.Name, "Messages"]).AsMemory(), cancellation);
        foreach (var row in answer.Rows)
        {
            string[] cells = [CsvText.Of(row[answer.IndexOf("Start")]), address.Pivot.Show(CsvText.Of(row[answer.IndexOf("Series")])), CsvText.Of(row[answer.IndexOf("Count")])];
            await writer.WriteAsync(CsvText.Line(cells).AsMemory(), cancellation);
        }
    }

    private static Task RefuseAsync(HttpContext context, ExplorerAddress address)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync($"The filter in this address cannot be read: {string.Join("; ", address.Problems)}.", context.RequestAborted);
    }
}
