using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Weir.Kernel;
using Weir.Portal.Access;
using Weir.Portal.Security;
using Weir.Response.Contracts;

namespace Weir.Portal.Quarantine;

/// <summary>What a recipient does on the page of their own quarantine: plain forms. A GET (or HEAD) shows; only a POST does anything, and uses a link up.</summary>
internal static class MineEndpoints
{
    private const string Page = "/quarantine/mine";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var open = new OpenToEveryoneAttribute();
        endpoints.MapPost(Page + "/enter", EnterAsync).WithMetadata(open);
        endpoints.MapPost(Page + "/link", SendLinkAsync).WithMetadata(open);
        endpoints.MapPost(Page + "/act", ActAsync).WithMetadata(open);
        endpoints.MapPost(Page + "/leave", LeaveAsync).WithMetadata(open);
        endpoints.MapPost(Page + "/download", DownloadAsync).WithMetadata(open);
        endpoints.MapGet(Page + "/preview/{id}", PreviewAsync).WithMetadata(open);
        endpoints.MapGet(Page + "/headers/{id}", HeadersAsync).WithMetadata(open);
    }

    private static async Task<IResult> EnterAsync(HttpContext context, [FromServices] IOwnQuarantine own, [FromServices] MineSession session, IAntiforgery antiforgery, [FromForm] string? link)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.LocalRedirect(Page + "?said=stale");
        }

        var address = context.Connection.RemoteIpAddress?.ToString();
        if (await own.EnterAsync(link ?? "", address, context.RequestAborted) is not { } visitor)
        {
            return Results.LocalRedirect(Page + "?said=link");
        }

        session.Begin(context, visitor);
        return Results.LocalRedirect(own.Read(link ?? "").Message is { } message ? $"{Page}?message={message.Id}" : Page);
    }

    private static async Task<IResult> SendLinkAsync(HttpContext context, [FromServices] IOwnQuarantine own, IAntiforgery antiforgery, [FromForm] string? address)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.LocalRedirect(Page + "?said=stale");
        }

        await own.SendLinkAsync(address ?? "", context.RequestAborted);
        return Results.LocalRedirect(Page + "?said=sent");
    }

    private static async Task<IResult> ActAsync(
        HttpContext context, [FromServices] IOwnQuarantine own, [FromServices] MineSession session, IAntiforgery antiforgery, [FromForm] string? id, [FromForm] string? act, [FromForm] string? reason)
    {
        if (session.Of(context) is not { } visitor || !NetworkMessageId.TryParse(id, out var messageId) || !await antiforgery.IsRequestValidAsync(context))
        {
            return Results.LocalRedirect(Page + "?said=stale");
        }

        var key = new HeldKey(messageId, visitor.Recipient);
        var done = act switch
        {
            "release" => await own.ReleaseAsync(visitor, key, context.RequestAborted),
            "request" => await own.RequestAsync(visitor, key, reason ?? "", context.RequestAborted),
            "delete" => await own.DeleteAsync(visitor, key, context.RequestAborted),
            _ => false,
        };
        return Results.LocalRedirect($"{Page}?said={(done ? act switch { "release" => "released", "request" => "requested", _ => "deleted" } : "gone")}&message={messageId}");
    }

    private static async Task<IResult> LeaveAsync(HttpContext context, IAntiforgery antiforgery)
    {
        if (await antiforgery.IsRequestValidAsync(context))
        {
            MineSession.End(context);
        }

        return Results.LocalRedirect(Page);
    }

    private static async Task<IResult> DownloadAsync(
        HttpContext context, [FromServices] IOwnQuarantine own, [FromServices] MineSession session, IAntiforgery antiforgery, [FromForm] string? id, [FromForm] string? password)
    {
        if (session.Of(context) is not { } visitor || !NetworkMessageId.TryParse(id, out var messageId) || !await antiforgery.IsRequestValidAsync(context))
        {
            return Results.LocalRedirect(Page + "?said=stale");
        }

        try
        {
            context.Response.Headers.CacheControl = "no-store";
            return await own.DownloadAsync(visitor, new HeldKey(messageId, visitor.Recipient), password ?? "", context.RequestAborted) is { } zip
                ? Results.File(zip, "application/zip", $"{messageId}.zip")
                : Results.LocalRedirect(Page + "?said=gone");
        }
        catch (ArgumentException wrong)
        {
            return Results.BadRequest(wrong.Message);
        }
    }

    private static async Task<IResult> PreviewAsync(HttpContext context, [FromServices] IOwnQuarantine own, [FromServices] MineSession session, string id)
    {
        if (session.Of(context) is not { } visitor || !NetworkMessageId.TryParse(id, out var messageId))
        {
            return Results.LocalRedirect(Page);
        }

        SecurityHeaders.ForPreview(context);
        return await own.PreviewAsync(visitor, new HeldKey(messageId, visitor.Recipient), context.RequestAborted) is { } preview
            ? Results.Content(preview.Html, "text/html", Encoding.UTF8)
            : Results.NotFound("It is not held any more, or is for an administrator to look at.");
    }

    private static async Task<IResult> HeadersAsync(HttpContext context, [FromServices] IOwnQuarantine own, [FromServices] MineSession session, string id)
    {
        if (session.Of(context) is not { } visitor || !NetworkMessageId.TryParse(id, out var messageId))
        {
            return Results.LocalRedirect(Page);
        }

        SecurityHeaders.ForPreview(context);
        return await own.HeadersAsync(visitor, new HeldKey(messageId, visitor.Recipient), context.RequestAborted) is { } header
            ? Results.Text(header, "text/plain", Encoding.UTF8)
            : Results.NotFound("It is not held any more, or is for an administrator to look at.");
    }
}
