using Weir.Mailboxes.Contracts;

namespace Weir.Response.Record;

/// <summary>The one map between places of a mailbox and the spelling of the record.</summary>
internal static class Places
{
    public const string Quarantine = "Quarantine";
    private const string Inbox = "Inbox/folder";
    private const string Junk = "Junk folder";
    private const string Deleted = "Deleted items";

    /// <summary>DeliveryLocation. Soft and hard deletion have no location of their own in the schema: the action tells them apart.</summary>
    public static string Location(MailboxPlace place) => place switch
    {
        MailboxPlace.Junk => Junk,
        MailboxPlace.DeletedItems or MailboxPlace.SoftDeleted or MailboxPlace.HardDeleted => Deleted,
        _ => Inbox,
    };

    /// <summary>EmailPostDeliveryEvents.Action.</summary>
    public static string Action(MailboxPlace to) => to switch
    {
        MailboxPlace.Junk => "Moved to junk folder",
        MailboxPlace.DeletedItems => "Moved to deleted items",
        MailboxPlace.SoftDeleted => SoftDelete,
        MailboxPlace.HardDeleted => HardDelete,
        _ => "Moved to inbox",
    };

    public const string SoftDelete = "Soft delete";
    public const string HardDelete = "Hard delete";
    private const string SoftDeleted = "Soft deleted";
    private const string HardDeleted = "Hard deleted";
    public const string QuarantineRelease = "Quarantine release";
    public const string MovedToQuarantine = "Moved to quarantine";

    /// <summary>A location as people see it: which kind of deletion it was, from the place that a mailbox reported.</summary>
    public static string? Shown(string? location, MailboxPlace? place) => place switch
    {
        MailboxPlace.SoftDeleted => SoftDeleted,
        MailboxPlace.HardDeleted => HardDeleted,
        _ => location,
    };

    /// <summary>The same from the record's location and action.</summary>
    public static string Shown(string location, string action) => action switch
    {
        SoftDelete => SoftDeleted,
        HardDelete => HardDeleted,
        _ => location,
    };

    /// <summary>Why nothing can be done to a message that is there (inventory §7.3); nothing when something can.</summary>
    public static string? WhyNotActionable(string location, string action) => (location, action) switch
    {
        (_, HardDelete) => "it was hard-deleted; only an undo of that action brings it back",
        (Inbox or Junk or Deleted or Quarantine, _) => null,
        ("Failed", _) => "its delivery failed, so it is in no mailbox",
        ("Dropped", _) => "it was dropped, so it is in no mailbox",
        ("On-premises/external", _) => "it left for a mailbox outside this organisation",
        _ => "where it is now is unknown",
    };
}
