using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Weir.Access.Contracts;
using Weir.Intelligence.Contracts;
using Weir.Portal.Access;
using Weir.Portal.Explorer;
using Weir.Portal.Shell;

namespace Weir.Portal.Lists;

/// <summary>The whole list as CSV.</summary>
internal static class ListExport
{
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/allow-block/export.csv", ExportAsync).WithMetadata(new RequiresPermissionAttribute(Permission.SecuritySettingsRead));

    private static async Task ExportAsync(HttpContext context, KnownCallers callers, [FromServices] IAllowBlockEntries entries, IAuditTrail audit, TimeProvider time)
    {
        var cancellation = context.RequestAborted;
        if (await callers.OfAsync(context.User, cancellation) is not { } caller)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var page = await entries.ListAsync(caller, new EntryQuery { Order = EntryOrder.Value, IsDescending = false, Take = int.MaxValue }, cancellation);
        await audit.RecordAsync(caller, new AuditEntry("ExportList", Target: null, "Success"), cancellation);
        CsvFile.Prepare(context.Response, "allow-block-list", Viewer.ZoneOf(context), time);
        await using var writer = new StreamWriter(context.Response.Body);
        await writer.WriteAsync(CsvText.Line(["Action", "Kind", "Value", "State", "Expires (UTC)", "Days unused", "Last used (UTC)", "Note", "Source", "Created by", "Created (UTC)", "Modified by", "Modified (UTC)"]).AsMemory(), cancellation);
        foreach (var entry in page.Entries)
        {
            await writer.WriteAsync(CsvText.Line(
            [
                entry.Entry.IsAllow ? "allow" : "block", EntryLines.Word(entry.Entry.Kind), entry.Entry.Value, entry.State.ToString(), At(entry.Expires), CsvText.Of(entry.UnusedDays), At(entry.LastUsed),
                entry.Entry.Note, entry.Source, entry.CreatedBy, At(entry.CreatedAt), entry.ModifiedBy, At(entry.ModifiedAt),
            ]).AsMemory(), cancellation);
        }
    }

    private static string At(DateTimeOffset? at) => CsvText.Of(at?.UtcDateTime);
}
