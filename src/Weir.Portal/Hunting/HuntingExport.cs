using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Portal.Access;
using Weir.Portal.Explorer;

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
            await AnswerFile.WriteAsync(context, "answer", questions, caller, query, time);
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
