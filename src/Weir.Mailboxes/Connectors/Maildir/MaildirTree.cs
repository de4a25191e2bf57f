using Weir.Kernel;
using Weir.Mailboxes.Contracts;

namespace Weir.Mailboxes.Connectors.Maildir;

/// <summary>The directories of one Maildir++ mailbox.</summary>
internal sealed class MaildirTree(string root, MaildirOptions options)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // A folder that is a link could lead out of the mailbox: the person owns the tree, Weir may own the machine.
    private static readonly EnumerationOptions NoLinks = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    public string Root { get; } = root;

    public bool Exists => System.IO.Directory.Exists(Path.Combine(Root, "cur"));

    public string PathOf(MaildirFile file) => Path.Combine(DirectoryOf(file.Folder), file.Sub, file.Name);

    public string DirectoryOf(string folder) => folder.Length == 0 ? Root : Path.Combine(Root, "." + folder);

    /// <summary>Makes the inbox when it is missing.</summary>
    public void Create() => CreateFolder(Root, isInbox: true);

    public MailboxPlace PlaceOf(string folder) => folder switch
    {
        "" => MailboxPlace.Inbox,
        _ when folder == options.JunkFolder => MailboxPlace.Junk,
        _ when folder == options.DeletedFolder => MailboxPlace.DeletedItems,
        _ when folder == options.RecoverableFolder => MailboxPlace.SoftDeleted,
        _ => MailboxPlace.OtherFolder,
    };

    /// <summary>The folder of a destination, made when it is one of Weir's and missing.</summary>
    /// <exception cref="MailboxException">A person's own folder that is not there any more.</exception>
    /// <param name="isDelivery">New mail is filed as a delivery agent does: a folder of the person's own is made when it is missing.</param>
    public string FolderOf(MailboxDestination destination, bool isDelivery = false)
    {
        var folder = destination.Place switch
        {
            MailboxPlace.Inbox => "",
            MailboxPlace.Junk => options.JunkFolder,
            MailboxPlace.DeletedItems => options.DeletedFolder,
            MailboxPlace.SoftDeleted => options.RecoverableFolder,
            MailboxPlace.OtherFolder when isDelivery && IsPlainName(destination.Folder) => destination.Folder,
            MailboxPlace.OtherFolder when Folders().Contains(destination.Folder, StringComparer.Ordinal) => destination.Folder,
            _ => throw new MailboxException($"the folder {destination.Folder} does not exist any more"),
        };
        CreateFolder(DirectoryOf(folder), isInbox: folder.Length == 0);
        return folder;
    }

    // One level, nothing hidden: the name becomes part of a path.
    private static bool IsPlainName(string folder) => folder.Length is > 0 and <= 100 && folder[0] != '.' && !folder.AsSpan().ContainsAny("/\\\0");

    /// <summary>Every message file. New mail is listed before read mail of the same folder: a message that is opened meanwhile is seen at least once.</summary>
    public IEnumerable<MaildirFile> Files()
    {
        foreach (var folder in Folders())
        {
            foreach (var sub in (string[])["new", "cur"])
            {
                var directory = new DirectoryInfo(Path.Combine(DirectoryOf(folder), sub));
                if (!directory.Exists)
                {
                    continue;
                }

                foreach (var path in System.IO.Directory.EnumerateFiles(directory.FullName, "*", NoLinks))
                {
                    var name = Path.GetFileName(path);
                    if (name[0] != '.')
                    {
                        yield return new MaildirFile(folder, sub, name);
                    }
                }
            }
        }
    }

    private IEnumerable<string> Folders()
    {
        yield return "";
        foreach (var path in System.IO.Directory.EnumerateDirectories(Root, ".*", NoLinks))
        {
            var name = Path.GetFileName(path);
            if (name.Length > 1 && System.IO.Directory.Exists(Path.Combine(path, "cur")))
            {
                yield return name[1..];
            }
        }
    }

    private void CreateFolder(string directory, bool isInbox)
    {
        if (System.IO.Directory.Exists(Path.Combine(directory, "cur")) && System.IO.Directory.Exists(Path.Combine(directory, "tmp")) && System.IO.Directory.Exists(Path.Combine(directory, "new")))
        {
            return;
        }

        if (new DirectoryInfo(directory) is { Exists: true, LinkTarget: not null })
        {
            throw new MailboxException($"{directory} is a link; Weir does not follow it");
        }

        Make(directory);
        foreach (var sub in (string[])["tmp", "new", "cur"])
        {
            Make(Path.Combine(directory, sub));
        }

        if (!isInbox)
        {
            // Maildir++: this empty file tells delivery agents that the directory is a folder of the one above.
            var marker = Path.Combine(directory, "maildirfolder");
            using (File.OpenHandle(marker, FileMode.OpenOrCreate, FileAccess.Write))
            {
            }

            FileOwner.GiveTo(marker, Root);
        }

        DirectoryFlush.Flush(directory);
        DirectoryFlush.Flush(Path.GetDirectoryName(directory)!);
    }

    private static void Make(string directory)
    {
        if (System.IO.Directory.Exists(directory))
        {
            return;
        }

        var parent = Path.GetDirectoryName(directory)!;
        if (OperatingSystem.IsWindows())
        {
            System.IO.Directory.CreateDirectory(directory);
            return;
        }

        System.IO.Directory.CreateDirectory(parent, OwnerOnly);
        System.IO.Directory.CreateDirectory(directory, OwnerOnly);
        FileOwner.GiveTo(directory, parent);
    }
}

/// <summary>A message file as a directory listing shows it.</summary>
/// <param name="Folder">Empty for the inbox, else the directory's name without its dot.</param>
/// <param name="Sub"><c>new</c> or <c>cur</c>.</param>
internal readonly record struct MaildirFile(string Folder, string Sub, string Name)
{
    /// <summary>The part before the flags: stays the same while flags and folders change.</summary>
    public string Unique => Name.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? Name[..colon] : Name;

    public bool HasFlag(char flag) =>
        Name.LastIndexOf(":2,", StringComparison.Ordinal) is >= 0 and var info && Name.AsSpan(info + 3).Contains(flag);
}
