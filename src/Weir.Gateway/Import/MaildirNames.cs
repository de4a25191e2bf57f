namespace Weir.Gateway.Import;

/// <summary>What the path of a Maildir says: Maildir++ keeps folder <c>A/B</c> in <c>.A.B</c> beside the inbox.</summary>
internal static class MaildirNames
{
    /// <summary>Folder and owner of a Maildir.</summary>
    /// <returns>The folder (<c>INBOX</c> for the root of a mailbox) and the owner's address when a folder on the way is named like one.</returns>
    public static (string Folder, string Owner) Of(string path)
    {
        var parts = path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        var owner = parts.LastOrDefault(IsAddress) ?? "";
        var last = parts.Length == 0 ? "" : parts[^1];
        if (last.StartsWith('.') && last.Length > 1)
        {
            return (last[1..].Replace('.', '/'), owner);
        }

        // Dovecot's LAYOUT=fs: folders are folders below the mailbox that is itself a Maildir.
        var parent = Path.GetDirectoryName(path);
        var isBelowMaildir = parent is not null && System.IO.Directory.Exists(Path.Combine(parent, "cur")) && System.IO.Directory.Exists(Path.Combine(parent, "new"));
        return (isBelowMaildir ? last : "INBOX", owner.ToLowerInvariant());
    }

    private static bool IsAddress(string name) => name.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < name.Length - 1;
}
