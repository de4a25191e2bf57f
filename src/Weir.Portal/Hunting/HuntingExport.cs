using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Portal.Access;
using Weir.Portal.Explorer;
using Weir.Portal.Shell;

namespace Weir.Portal.Hunting;

/// <summary>The whole answer of a query as CSV, streamed. A form, because a query may be longer than an address.</summary>
internal static class HuntingExport
{
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/hunting/export", ExportAsync).WithMetadata(new RequiresPermissionAttribute(Permission.EmailMetadataRead));

    private static async Task ExportAsync(
        HttpContext context, KnownCallers callers, IQuestions questions, IAuditTrail audit, IAntiforgery antiforgery, TimeProvider time, [FromForm] string? query)
    {
        var cancellation = context.RequestAborted;
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "The page was open for too long. Load it again.");
            return;
        }

        if (await callers.OfAsync(context.User, cancellation) is not { } caller)
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "You are signed out.");
            return;
        }

        // A form sends every line end as CRLF.
        query = (query ?? "").ReplaceLineEndings("\n");
        await audit.RecordAsync(caller, new AuditEntry("ExportAnswer", Target: null, "Success", query), cancellation);
        try
        {
            await using var batches = questions.StreamAsync(caller, new Question(query) { Timeout = TimeSpan.FromMinutes(10) }, cancellation).GetAsyncEnumerator(cancellation);
            var hasFirst = await batches.MoveNextAsync();
            CsvFile.Prepare(context.Response, "answer", Viewer.ZoneOf(context), time);
            await using var writer = new StreamWriter(context.Response.Body);
            if (hasFirst)
            {
                await writer.WriteAsync(CsvText.Line(batches.Current.Columns.Select(column => column.Name)).AsMemory(), cancellation);
            }

            for (var isThere = hasFirst; isThere; isThere = await batches.MoveNextAsync())
            {
                foreach (var row in batches.Current.Rows)
                {
                    await writer.WriteAsync(CsvText.Line(row.Select(CsvText.Of)).AsMemory(), cancellation);
                }
            }
        }
        catch (QuestionException wrong) when (!context.Response.HasStarted)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, wrong.Message);
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string why)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(why, context.RequestAborted);
    }
}
