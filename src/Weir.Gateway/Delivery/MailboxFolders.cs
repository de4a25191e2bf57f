namespace Weir.Gateway.Delivery;

/// <summary>What the name of a folder says of where a message is.</summary>
internal static class MailboxFolders
{
    private static readonly HashSet<string> Junk = new(["junk", "spam", "junk e-mail", "junk email", "bulk mail"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> Deleted = new(["trash", "deleted items", "deleted messages", "papierkorb"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The location that a folder stands for.</summary>
    /// <param name="furtherJunk">Names that the administrator gave.</param>
    /// <returns>DeliveryLocation in the spelling of the record.</returns>
    public static string LocationOf(string folder, IReadOnlyList<string> furtherJunk)
    {
        var last = folder.Split('/', '.')[^1];
        return Junk.Contains(last) || furtherJunk.Contains(last, StringComparer.OrdinalIgnoreCase) ? Locations.Junk
            : Deleted.Contains(last) ? Locations.DeletedItems
            : Locations.Inbox;
    }
}
