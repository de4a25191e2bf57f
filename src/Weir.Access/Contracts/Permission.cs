namespace Weir.Access.Contracts;

/// <summary>A right to do one kind of thing. Names follow the unified roles of the product we follow (inventory §23).</summary>
public enum Permission
{
    /// <summary>Explorer, entity page, hunting: everything about a message except its content.</summary>
    EmailMetadataRead,

    /// <summary>Preview and download of any message.</summary>
    EmailContentRead,

    /// <summary>Preview and download of quarantined messages only.</summary>
    QuarantineContentRead,

    /// <summary>Release from quarantine, delete in quarantine.</summary>
    QuarantineManage,

    /// <summary>Move and soft-delete messages in people's mailboxes, restore them, undo.</summary>
    EmailAdvancedActionsManage,

    /// <summary>Hard-delete messages in people's mailboxes. Cannot be undone.</summary>
    EmailPurge,

    /// <summary>Alerts, incidents, Action center, dashboards: looking.</summary>
    SecurityDataRead,

    /// <summary>Classify, assign and comment alerts and incidents.</summary>
    AlertsManage,

    /// <summary>Approve or reject pending actions; submissions.</summary>
    ResponseManage,

    /// <summary>Look at policies, lists and settings.</summary>
    SecuritySettingsRead,

    /// <summary>Change policies and settings.</summary>
    SecuritySettingsManage,

    /// <summary>Change the allow/block list, custom detections, alert policies.</summary>
    DetectionTuningManage,

    /// <summary>Read the audit trail.</summary>
    AuditRead,

    /// <summary>Create accounts and give roles.</summary>
    AccountsManage,

    /// <summary>Bring mail into the record: import, sample, journal.</summary>
    MailImport,
}
