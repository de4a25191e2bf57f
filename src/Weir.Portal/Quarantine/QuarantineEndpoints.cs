using System.Globalization;
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
using Weir.Portal.Shell;
using Weir.Response.Contracts;

namespace Weir.Portal.Quarantine;

/// <summary>Held mail as files: the list as CSV, one message as an encrypted ZIP.</summary>
internal static class QuarantineEndpoints
{
    /// <summary>Rows of one question to the list.</summary>
    private const int AtOnce = 2_000;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/quarantine/export.csv", ExportAsync).WithMetadata(new RequiresPermissionAttribute(Permission.EmailMetadataRead));
        endpoints.MapPost("/quarantine/download", DownloadAsync).WithMetadata(new RequiresPermissionAttribute(Permission.EmailContentRead, Permission.QuarantineContentRead));
    }

    private static async Task ExportAsync(HttpContext context, KnownCallers callers, [FromServices] IQuarantine quarantine, IAuditTrail audit, TimeProvider time)
    {
        var cancellation = context.RequestAborted;
        if (await callers.OfAsync(context.User, cancellation) is not { } caller)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var query = QuarantineView.Of(name => context.Request.Query[name]).Query(time.GetUtcNow(), Viewer.ZoneOf(context)) with { Skip = 0, Take = AtOnce };
        HeldPage page;
        try
        {
            page = await quarantine.ListAsync(caller, query, cancellation);
        }
        catch (QuestionException wrong)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(wrong.Message, cancellation);
            return;
        }

        await audit.RecordAsync(caller, new AuditEntry("ExportQuarantine", Target: null, "Success", string.Create(CultureInfo.InvariantCulture, $"{page.Total} messages")), cancellation);
        CsvFile.Prepare(context.Response, "quarantine", Viewer.ZoneOf(context), time);
        await using var writer = new StreamWriter(context.Response.Body);
        await writer.WriteAsync(CsvText.Line(
            ["Time received (UTC)", "Subject", "Sender", "Sender name", "Recipient", "Quarantine reason", "Release status", "State", "Problem", "Policy type", "Policy name", "Quarantine policy", "Expires (UTC)", "Released by", "Released (UTC)", "Recipient tag", "Override reason", "Direction", "Size", "Message ID", "Network message ID"]).AsMemory(), cancellation);
        for (var skip = 0; page.Rows.Count > 0; skip += AtOnce, page = await quarantine.ListAsync(caller, query with { Skip = skip }, cancellation))
        {
            foreach (var row in page.Rows)
            {
                await writer.WriteAsync(CsvText.Line(
                [
                    CsvText.Of(row.ReceivedAt.UtcDateTime), row.Subject, row.Sender, row.SenderName, row.Key.Recipient, row.Reason, QuarantineWords.Of(row.Status), row.State.ToString(), row.Problem,
                    row.PolicyType, row.PolicyName, row.QuarantinePolicy, CsvText.Of(row.ExpiresAt.UtcDateTime), row.ReleasedBy, CsvText.Of(row.ReleasedAt?.UtcDateTime), string.Join(", ", row.Tags),
                    row.OverrideReason, row.Direction, CsvText.Of(row.Size), row.InternetMessageId, row.Key.Id.ToString(),
                ]).AsMemory(), cancellation);
            }
        }
    }

    private static async Task<IResult> DownloadAsync(
        HttpContext context, KnownCallers callers, [FromServices] IQuarantine quarantine, IAntiforgery antiforgery,
        [FromForm] string? id, [FromForm] string? recipient, [FromForm] string? reason, [FromForm] string? password)
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
            if (await quarantine.DownloadAsync(caller with { Reason = reason?.Trim() }, new HeldKey(messageId, recipient ?? ""), password ?? "", context.RequestAborted) is not { } zip)
            {
                return Results.NotFound("There is no content for this message any more.");
            }

            context.Response.Headers.CacheControl = "no-store";
            return Results.File(zip, "application/zip", $"{messageId}.zip");
        }
        catch (ArgumentException wrong)
        {
            return Results.BadRequest(wrong.Message);
        }
        catch (AccessDeniedException denied)
        {
            return Results.Text(PermissionWords.WhyNot(denied.Permission), statusCode: StatusCodes.Status403Forbidden);
        }
    }
}
