using Weir.Access.Contracts;

namespace Weir.Portal.Access;

/// <summary>Permissions in words for people.</summary>
internal static class PermissionWords
{
    public static string Of(Permission permission) => permission switch
    {
        Permission.EmailMetadataRead => "see messages in Explorer (everything except their content)",
        Permission.EmailContentRead => "preview and download messages",
        Permission.QuarantineContentRead => "preview and download quarantined messages",
        Permission.QuarantineManage => "release and delete quarantined messages",
        Permission.EmailAdvancedActionsManage => "move and delete messages in people's mailboxes",
        Permission.EmailPurge => "hard-delete messages",
        Permission.SecurityDataRead => "see alerts, incidents and the Action center",
        Permission.AlertsManage => "work on alerts and incidents",
        Permission.ResponseManage => "approve pending actions",
        Permission.SecuritySettingsRead => "see settings",
        Permission.SecuritySettingsManage => "change settings",
        Permission.DetectionTuningManage => "tune detection",
        Permission.AuditRead => "read the audit trail",
        Permission.AccountsManage => "manage accounts",
        Permission.MailImport => "import mail",
        _ => permission.ToString(),
    };

    /// <summary>The built-in roles that include it.</summary>
    public static IReadOnlyList<string> RolesWith(Permission permission) =>
        [.. Roles.BuiltIn.Where(role => role.Value.Contains(permission)).Select(role => role.Key).Order(StringComparer.Ordinal)];

    /// <summary>Why somebody may not take action on messages; nothing when they may. Releasing from quarantine is an action too.</summary>
    public static string? WhyNoAction(Caller? caller) =>
        caller?.Has(Permission.EmailAdvancedActionsManage) == true || caller?.Has(Permission.QuarantineManage) == true ? null : WhyNot(Permission.EmailAdvancedActionsManage);

    /// <summary>Why a button is off, as its title says.</summary>
    public static string WhyNot(Permission permission) =>
        $"You may not {Of(permission)}. Roles that may: {string.Join(", ", RolesWith(permission))}.";
}
