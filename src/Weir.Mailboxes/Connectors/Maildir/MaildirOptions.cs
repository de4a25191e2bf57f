namespace Weir.Mailboxes.Connectors.Maildir;

/// <summary>A Maildir store (Maildir++: folders are directories that begin with a dot).</summary>
internal sealed record MaildirOptions
{
    /// <summary>The Maildir of one mailbox; <c>{local}</c>, <c>{domain}</c> and <c>{mailbox}</c> are filled in, such as <c>/var/mail/{domain}/{local}/Maildir</c>.</summary>
    public string Path { get; init; } = "";

    public string JunkFolder { get; init; } = "Junk";

    public string DeletedFolder { get; init; } = "Trash";

    /// <summary>Where soft-deleted mail waits. Weir never subscribes it; hide it in the mail server's configuration.</summary>
    public string RecoverableFolder { get; init; } = "Recoverable";

    /// <summary>Deliveries make a mailbox that does not exist yet. Other actions never do.</summary>
    public bool CreateMailboxes { get; init; } = true;

    /// <summary>Files remembered over all mailboxes, about 150 bytes each; the mailboxes used longest ago are forgotten first.</summary>
    public int IndexEntries { get; init; } = 1_000_000;

    public string? Problem()
    {
        if (!System.IO.Path.IsPathRooted(Path) || !Path.Contains('{', StringComparison.Ordinal))
        {
            return "maildir:path must be absolute and hold {local} or {mailbox}, such as /var/mail/{domain}/{local}/Maildir.";
        }

        string[] folders = [JunkFolder, DeletedFolder, RecoverableFolder];
        return folders.Any(name => name.Length == 0 || name.Contains('/', StringComparison.Ordinal) || name[0] == '.') || folders.Distinct(StringComparer.Ordinal).Count() < 3
            ? "maildir: the junk, deleted and recoverable folders must be three different names without a slash or a leading dot."
            : null;
    }
}
