using Weir.Mailboxes.Contracts;

namespace Weir.Mailboxes.Reading;

/// <summary>Finds the mailboxes below a folder. Follows links, but no folder twice.</summary>
internal sealed class MaildirPlaces(string root, IReadOnlyList<string> domains)
{
    private const int MaxDepth = 32;

    /// <summary>Names of folders between a person's and the mail.</summary>
    private static readonly HashSet<string> Plumbing = new(["maildir", "mail", ".maildir", "mails", "inbox"], StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Inboxes = ["INBOX", "Inbox"];

    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);
    private readonly List<MailboxToRead> _found = [];

    /// <summary>A store of Dovecot that is no Maildir, when one was seen.</summary>
    public string OtherStore { get; private set; } = "";

    /// <summary>Folders that could not be looked into.</summary>
    public List<string> Closed { get; } = [];

    public IReadOnlyList<MailboxToRead> Find(CancellationToken cancellationToken)
    {
        Look(root, depth: 0, cancellationToken);
        return [.. _found.OrderBy(mailbox => mailbox.Name, StringComparer.Ordinal)];
    }

    /// <summary>A Maildir itself, or a folder that holds its inbox in a folder of that name.</summary>
    public static bool IsMailbox(string path) => IsMaildir(path) || InboxBelow(path) is not null;

    public static bool IsMaildir(string path) => System.IO.Directory.Exists(Path.Combine(path, "cur")) && System.IO.Directory.Exists(Path.Combine(path, "new"));

    public static string? InboxBelow(string path) =>
        Inboxes.Select(name => Path.Combine(path, name)).FirstOrDefault(IsMaildir);

    private void Look(string path, int depth, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var real = new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        if (depth > MaxDepth || !_visited.Add(real))
        {
            return;
        }

        if (IsMailbox(path))
        {
            _found.Add(Named(path));
            return;
        }

        if (System.IO.Directory.Exists(Path.Combine(path, "dbox-Mails")) || (Path.GetFileName(path) == "storage" && System.IO.Directory.EnumerateFiles(path, "dovecot.map.index*").Any()))
        {
            OtherStore = path;
            return;
        }

        try
        {
            foreach (var folder in System.IO.Directory.EnumerateDirectories(path).Order(StringComparer.Ordinal).ToList())
            {
                Look(folder, depth + 1, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Closed.Add(path);
        }
    }

    private MailboxToRead Named(string path)
    {
        var relative = Path.GetRelativePath(root, path);
        var parts = path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Where(part => !Plumbing.Contains(part)).ToList();
        var address = AddressOf(parts);
        var name = address.Length > 0 && _found.TrueForAll(other => other.Name != address) ? address : relative == "." ? Path.GetFileName(path) : relative;
        return new MailboxToRead(name, address, path);
    }

    private string AddressOf(List<string> parts)
    {
        if (parts.FindLast(part => part.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < part.Length - 1) is { } whole)
        {
            return whole.ToLowerInvariant();
        }

        if (parts.Count == 0)
        {
            return "";
        }

        // domain/local, and domain/l/local as large stores spread it.
        var local = parts[^1].ToLowerInvariant();
        var domain = parts.SkipLast(1).TakeLast(3).LastOrDefault(part => domains.Count > 0 ? domains.Contains(part, StringComparer.OrdinalIgnoreCase) : IsDomain(part));
        return domain is not null ? $"{local}@{domain.ToLowerInvariant()}" : domains.Count == 1 && relativeIsNamed() ? $"{local}@{domains[0].ToLowerInvariant()}" : "";

        bool relativeIsNamed() => local[0] != '.';
    }

    private static bool IsDomain(string name) =>
        name[0] != '.' && name.LastIndexOf('.') is > 0 and var dot && name.Length - dot > 2 && name.AsSpan(dot + 1).IndexOfAnyExceptInRange('a', 'z') < 0 && Uri.CheckHostName(name) == UriHostNameType.Dns;
}
