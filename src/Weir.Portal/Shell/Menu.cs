using Weir.Access.Contracts;

namespace Weir.Portal.Shell;

/// <summary>The left navigation: only what exists.</summary>
internal static class Menu
{
    public static IReadOnlyList<MenuGroup> Groups { get; } =
    [
        new("Investigate",
        [
            new("Explorer", "/explorer", "mail", "g e", Permission.EmailMetadataRead, "/explorer", "/threatexplorer", "/email/"),
            new("Hunting", "/hunting", "code", "g h", Permission.EmailMetadataRead, "/hunting"),
            new("Campaigns", "/campaigns", "phish", "g c", Permission.EmailMetadataRead, "/campaigns"),
            new("Alerts", "/alerts", "warn", "g l", Permission.SecurityDataRead, "/alerts"),
            new("Quarantine", "/quarantine", "shield", "g q", Permission.EmailMetadataRead, "/quarantine"),
            new("Restricted users", "/restricted-users", "warn", "g r", Permission.SecurityDataRead, "/restricted-users"),
            new("Exports", "/exports", "download", "g x", Permission.EmailMetadataRead, "/exports"),
            new("Action center", "/action-center/history", "done", "g a", Permission.SecurityDataRead, "/action-center"),
        ]),
        new("Reports", [new("Beside another filter", "/other-filter", "list", "g f", Permission.EmailMetadataRead, "/other-filter")]),
        new("Manage", [new("Policies", "/policies", "shield", "g p", Permission.SecuritySettingsRead, "/policies"),
            new("Allow/block list", "/allow-block", "block", "g b", Permission.SecuritySettingsRead, "/allow-block"),
            new("Watch only", "/watch-only", "eye", "g w", Permission.SecuritySettingsRead, "/watch-only"),
            new("User tags", "/user-tags", "list", "g t", Permission.SecuritySettingsRead, "/user-tags"),
            new("Audit", "/audit", "list", "g u", Permission.AuditRead, "/audit")]),
    ];
}

/// <summary>One entry of the left navigation.</summary>
/// <param name="Prefixes">Addresses at which it is lit.</param>
internal sealed record MenuItem(string Name, string Path, string Icon, string Shortcut, Permission Permission, params string[] Prefixes);

internal sealed record MenuGroup(string Name, IReadOnlyList<MenuItem> Items);
