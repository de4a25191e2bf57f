using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.JSInterop;
using Weir.Access.Contracts;

namespace Weir.Portal.Shell;

/// <summary>How a person sees things: time zone, theme and density at this browser, columns at every one.</summary>
internal sealed class Viewer(IPreferences preferences)
{
    /// <summary>Under this name an account keeps its columns.</summary>
    public const string ColumnsName = "explorer.columns";

    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;
    public string Theme { get; private set; } = "system";
    public string Density { get; private set; } = "default";
    public string Keys { get; private set; } = "on";
    public string Navigation { get; private set; } = "open";

    /// <summary>Ids of the columns that this person wants in Explorer; empty for the usual ones.</summary>
    public string Columns { get; private set; } = "";

    /// <summary>For column heads: <c>UTC</c> or <c>Europe/Berlin</c>.</summary>
    public string ZoneName => Zone.Id is "Etc/UTC" or "UTC" or "Etc/Universal" ? "UTC" : Zone.Id;

    public static string? Preference(HttpContext? context, string name) => context?.Request.Cookies[$"weir-{name}"];

    public static TimeZoneInfo ZoneOf(HttpContext context) => Known(Preference(context, "zone"));

    public static string Format(DateTimeOffset at, TimeZoneInfo zone) =>
        at == default ? "" : TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public void Start(string zone, string theme, string density, string keys, string navigation) =>
        (Zone, Theme, Density, Keys, Navigation) = (Known(zone), theme, density, keys, navigation);

    /// <summary>Reads what the account chose.</summary>
    public async ValueTask RecallAsync(Caller caller, CancellationToken cancellationToken) =>
        Columns = await preferences.FindAsync(caller, ColumnsName, cancellationToken) ?? "";

    public async ValueTask ChooseColumnsAsync(Caller caller, string columns, CancellationToken cancellationToken)
    {
        await preferences.SetAsync(caller, ColumnsName, columns, cancellationToken);
        Columns = columns;
    }

    /// <summary>Asks the browser for its zone: the first visit has no cookie yet.</summary>
    public async ValueTask AskBrowserAsync(IJSRuntime browser, CancellationToken cancellationToken) =>
        Zone = Known((await browser.InvokeAsync<BrowserViewer>("weir.viewer", cancellationToken)).Zone);

    public string Format(DateTimeOffset at) => Format(at, Zone);

    private static TimeZoneInfo Known(string? id) => id is { Length: > 0 and < 64 } && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;

    private sealed record BrowserViewer(string Zone);
}
