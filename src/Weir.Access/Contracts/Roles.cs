using static Weir.Access.Contracts.Permission;

namespace Weir.Access.Contracts;

/// <summary>The built-in roles (inventory §23) and what each may do. Content of mail is never part of an administrator's role.</summary>
public static class Roles
{
    public const string GlobalAdministrator = "Global Administrator";
    public const string OrganizationManagement = "Organization Management";
    public const string SecurityAdministrator = "Security Administrator";
    public const string SecurityOperator = "Security Operator";
    public const string SecurityReader = "Security Reader";
    public const string GlobalReader = "Global Reader";
    public const string QuarantineAdministrator = "Quarantine Administrator";
    public const string DataInvestigator = "Data Investigator";
    public const string EDiscoveryManager = "eDiscovery Manager";
    public const string SearchAndPurge = "Search and Purge";
    public const string Preview = "Preview";

    private static readonly Permission[] Reading = [EmailMetadataRead, SecurityDataRead, SecuritySettingsRead];

    /// <summary>Every built-in role by name.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<Permission>> BuiltIn { get; } =
        new Dictionary<string, IReadOnlySet<Permission>>(StringComparer.Ordinal)
        {
            [GlobalAdministrator] = Set([.. Reading, SecuritySettingsManage, DetectionTuningManage, AlertsManage, ResponseManage, QuarantineManage, AccountsManage, AuditRead, MailImport]),
            [OrganizationManagement] = Set([.. Reading, SecuritySettingsManage, AlertsManage, ResponseManage, QuarantineManage, EmailAdvancedActionsManage, AuditRead, MailImport]),
            [SecurityAdministrator] = Set([.. Reading, SecuritySettingsManage, DetectionTuningManage, AlertsManage, ResponseManage, QuarantineManage, QuarantineContentRead, AuditRead]),
            [SecurityOperator] = Set([.. Reading, AlertsManage, ResponseManage]),
            [SecurityReader] = Set(Reading),
            [GlobalReader] = Set([.. Reading, AuditRead]),
            [QuarantineAdministrator] = Set([.. Reading, QuarantineManage, QuarantineContentRead]),
            [DataInvestigator] = Set([.. Reading, EmailContentRead, QuarantineContentRead, EmailAdvancedActionsManage, EmailPurge]),
            [EDiscoveryManager] = Set([.. Reading, EmailContentRead, QuarantineContentRead]),
            [SearchAndPurge] = Set([.. Reading, EmailAdvancedActionsManage, EmailPurge]),
            [Preview] = Set([.. Reading, EmailContentRead]),
        };

    /// <summary>The union of what the named roles permit; unknown names permit nothing.</summary>
    public static IReadOnlySet<Permission> PermissionsOf(IEnumerable<string> roles) =>
        roles.SelectMany(role => BuiltIn.TryGetValue(role, out var permissions) ? permissions : Set([])).ToHashSet();

    private static HashSet<Permission> Set(Permission[] permissions) => [.. permissions];
}
