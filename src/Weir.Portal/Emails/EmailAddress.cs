using Weir.Portal.Explorer;

namespace Weir.Portal.Emails;

/// <summary>Addresses of entity pages.</summary>
internal static class EmailAddress
{
    /// <param name="back">Where it is opened from (<see cref="Shell.BackAddress.Here"/>).</param>
    public static string Of(string id, string recipient, DateTimeOffset at, string? tab = null, string? back = null) =>
        $"/email/{id}?{Message(recipient, at)}{(tab is null ? "" : $"&tab={tab}")}{(back is null ? "" : $"&back={Uri.EscapeDataString(back)}")}";

    /// <summary>The bytes of a place, in the tab that shows them; nothing when it has none.</summary>
    public static string? Of(EmailRecord email, EvidencePlace place, string? back) =>
        place is { Tab: { } tab, Bytes: { } bytes }
            ? $"{Of(email.Row.Id, email.Row.Recipient, email.Row.Timestamp, tab, back)}&at={bytes}{(place.Kind == "Header" ? $"&field={Uri.EscapeDataString(place.Name)}" : "")}"
            : null;

    /// <summary>The timeline as a file.</summary>
    public static string Timeline(string id, string recipient, DateTimeOffset at, string find) =>
        $"/email/{id}/timeline.csv?{Message(recipient, at)}{(find.Length == 0 ? "" : $"&find={Uri.EscapeDataString(find)}")}";

    private static string Message(string recipient, DateTimeOffset at) =>
        $"recipient={Uri.EscapeDataString(recipient)}&t={Uri.EscapeDataString(ExplorerAddress.Instant(at))}";
}
