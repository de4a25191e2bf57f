using Weir.Portal.Explorer;

namespace Weir.Portal.Emails;

/// <summary>Addresses of entity pages.</summary>
internal static class EmailAddress
{
    public static string Of(string id, string recipient, DateTimeOffset at, string? tab = null) =>
        $"/email/{id}?recipient={Uri.EscapeDataString(recipient)}&t={Uri.EscapeDataString(ExplorerAddress.Instant(at))}{(tab is null ? "" : $"&tab={tab}")}";
}
