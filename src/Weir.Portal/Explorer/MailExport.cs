using System.Globalization;
using Weir.Events.Contracts;

namespace Weir.Portal.Explorer;

/// <summary>Words about files in the background.</summary>
internal static class MailExport
{
    /// <summary>So many rows are sent at once; more are made in the background.</summary>
    public const int Direct = 50_000;

    public static string Words(Export export) => export switch
    {
        { State: ExportState.Waiting } => "Waits for others",
        { State: ExportState.Running } => "Running",
        { State: ExportState.Ready } => "Ready",
        { Problem: var problem } => $"Failed: {problem}",
    };

    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.##} GB"),
    };
}
