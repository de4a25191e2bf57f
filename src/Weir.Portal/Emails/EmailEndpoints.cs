using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Portal.Access;
using Weir.Portal.Explorer;
using Weir.Portal.Security;
using Weir.Portal.Shell;
using Weir.Response.Contracts;

namespace Weir.Portal.Emails;

/// <summary>Content of messages as responses of their own.</summary>
internal static class EmailEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var either = new RequiresPermissionAttribute(Permission.EmailContentRead, Permission.QuarantineContentRead);
        endpoints.MapGet("/preview/{token}", PreviewAsync).WithMetadata(either);
        endpoints.MapPost("/email/download", DownloadAsync).WithMetadata(either);
        endpoints.MapGet("/email/{id}/timeline.csv", ExportTimelineAsync).WithMetadata(new RequiresPermissionAttribute(Permission.EmailMetadataRead));
    }

    private static async Task<IResult> PreviewAsync(string token, HttpContext context, KnownCallers callers, IMessageContent content)
    {
        SecurityHeaders.ForPreview(context);
        try
        {
            if (await callers.OfAsync(context.User, context.RequestAborted) is { } caller
                && await content.OpenPreviewAsync(caller, token, context.RequestAborted) is { } preview)
            {
                return Results.Content(preview.Html, "text/html", Encoding.UTF8);
            }
        }
        catch (AccessDeniedException denied)
        {
            return Results.Text(PermissionWords.WhyNot(denied.Permission), statusCode: StatusCodes.Status403Forbidden);
        }

        return Results.Content("<!DOCTYPE html><title>Preview</title><p>This preview has expired. Close it and open it again.</p>", "text/html", Encoding.UTF8, StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ExportTimelineAsync(
        string id, HttpContext context, KnownCallers callers, IQuestions questions, IAuditTrail audit, TimeProvider time, string? recipient, string? t, string? find)
    {
        var cancellation = context.RequestAborted;
        if (await callers.OfAsync(context.User, cancellation) is not { } caller)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var asked = new EmailQuestions((kql, rows, token) => questions.AskAsync(caller, new Question(kql) { MaxRows = rows }, token), () => TimeZoneInfo.Utc);
        if (await asked.FindAsync(id, recipient ?? "", OpenMessage.Time(t), cancellation) is not { } email)
        {
            return Results.NotFound("There is no such message in the record.");
        }

        await audit.RecordAsync(caller, new AuditEntry("ExportTimeline", email.Row.Id, "Success"), cancellation);
        CsvFile.Prepare(context.Response, "timeline", Viewer.ZoneOf(context), time);
        var text = new StringBuilder(CsvText.Line(["Time (UTC)", "Source", "Event", "Result", "Threats", "Details"]));
        foreach (var entry in TimelineText.Find(email.Timeline, find ?? ""))
        {
            text.Append(CsvText.Line([CsvText.Of(entry.At.UtcDateTime), entry.Source, entry.Event, entry.Result, entry.Threats, entry.Details]));
        }

        await context.Response.WriteAsync(text.ToString(), cancellation);
        return Results.Empty;
    }

    private static async Task<IResult> DownloadAsync(
        HttpContext context, KnownCallers callers, IMessageContent content, IAntiforgery antiforgery,
        [FromForm] string? id, [FromForm] string? recipient, [FromForm] string? t)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.BadRequest("The page was open for too long. Load it again.");
        }

        if (!NetworkMessageId.TryParse(id, out var messageId) || await callers.OfAsync(context.User, context.RequestAborted) is not { } caller)
        {
            return Results.NotFound();
        }

        try
        {
            var target = new MessageTarget(messageId, recipient ?? "", OpenMessage.Time(t));
            if (await content.DownloadAsync(caller, target, context.RequestAborted) is not { } raw)
            {
                return Results.NotFound("There is no content for this message any more.");
            }

            context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
            context.Response.Headers.CacheControl = "no-store";
            return Results.File(raw, "message/rfc822", $"{messageId}.eml");
        }
        catch (AccessDeniedException denied)
        {
            return Results.Text(PermissionWords.WhyNot(denied.Permission), statusCode: StatusCodes.Status403Forbidden);
        }
    }
}
