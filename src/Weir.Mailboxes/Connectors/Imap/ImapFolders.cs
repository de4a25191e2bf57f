using MailKit;
using MailKit.Net.Imap;
using Weir.Mailboxes.Contracts;

namespace Weir.Mailboxes.Connectors.Imap;

/// <summary>The folders of one mailbox and what they are for.</summary>
internal sealed class ImapFolders
{
    private readonly ImapClient _client;
    private readonly ImapOptions _options;
    private readonly List<IMailFolder> _all;

    private ImapFolders(ImapClient client, ImapOptions options, List<IMailFolder> all)
    {
        _client = client;
        _options = options;
        _all = all;
    }

    /// <summary>Every folder that can hold messages, the inbox first.</summary>
    public IReadOnlyList<IMailFolder> All => _all;

    public static async ValueTask<ImapFolders> ListAsync(ImapClient client, ImapOptions options, CancellationToken cancellationToken)
    {
        var all = new List<IMailFolder> { client.Inbox! }; // an authenticated client has an inbox (RFC 9051 §5.1)
        foreach (var area in client.PersonalNamespaces)
        {
            foreach (var folder in await client.GetFoldersAsync(area, StatusItems.None, subscribedOnly: false, cancellationToken))
            {
                var canHold = (folder.Attributes & (FolderAttributes.NoSelect | FolderAttributes.NonExistent | FolderAttributes.All | FolderAttributes.Flagged)) == FolderAttributes.None;
                if (canHold && all.TrueForAll(known => known.FullName != folder.FullName))
                {
                    all.Add(folder);
                }
            }
        }

        return new ImapFolders(client, options, all);
    }

    public MailboxPlace PlaceOf(IMailFolder folder)
    {
        if (folder == _client.Inbox)
        {
            return MailboxPlace.Inbox;
        }

        if (folder == Junk)
        {
            return MailboxPlace.Junk;
        }

        if (folder == Deleted)
        {
            return MailboxPlace.DeletedItems;
        }

        return folder == Find(_options.RecoverableFolder) ? MailboxPlace.SoftDeleted : MailboxPlace.OtherFolder;
    }

    /// <summary>As <see cref="FoundMessage.Folder"/> spells it.</summary>
    public string NameOf(IMailFolder folder) => folder == _client.Inbox ? "" : folder.FullName;

    public IMailFolder Named(string name) =>
        name.Length == 0 ? _client.Inbox! : Find(name) ?? throw new MailboxException($"the folder {name} does not exist any more");

    /// <summary>The folder of a destination, made when it is one of Weir's and missing.</summary>
    public async ValueTask<IMailFolder> OfAsync(MailboxDestination destination, CancellationToken cancellationToken) => destination.Place switch
    {
        MailboxPlace.Inbox => _client.Inbox!,
        MailboxPlace.Junk => Junk ?? await CreateAsync(_options.JunkFolder, "Junk", isHidden: false, cancellationToken),
        MailboxPlace.DeletedItems => Deleted ?? await CreateAsync(_options.DeletedFolder, "Trash", isHidden: false, cancellationToken),
        MailboxPlace.SoftDeleted => Find(_options.RecoverableFolder) ?? await CreateAsync(_options.RecoverableFolder, "", isHidden: true, cancellationToken),
        _ => Named(destination.Folder),
    };

    private IMailFolder? Junk => Special(_options.JunkFolder, FolderAttributes.Junk, "Junk");

    private IMailFolder? Deleted => Special(_options.DeletedFolder, FolderAttributes.Trash, "Trash");

    private IMailFolder? Special(string configured, FolderAttributes mark, string usual) =>
        configured.Length > 0 ? Find(configured) : _all.Find(folder => folder.Attributes.HasFlag(mark)) ?? Find(usual);

    /// <summary>By full name, or by name below the personal namespace (<c>INBOX.Junk</c>).</summary>
    private IMailFolder? Find(string name) =>
        _all.Find(folder => folder.FullName == name)
        ?? _all.Find(folder => _client.PersonalNamespaces.Any(area => area.Path.Length > 0 && folder.FullName == $"{area.Path}{area.DirectorySeparator}{name}"));

    private async ValueTask<IMailFolder> CreateAsync(string configured, string usual, bool isHidden, CancellationToken cancellationToken)
    {
        var name = configured.Length > 0 ? configured : usual;
        var parent = _client.GetFolder(_client.PersonalNamespaces[0]);
        var folder = await parent.CreateAsync(name, isMessageFolder: true, cancellationToken)
            ?? throw new MailboxException($"the server did not make the folder {name}");
        if (!isHidden)
        {
            await folder.SubscribeAsync(cancellationToken);
        }

        _all.Add(folder);
        return folder;
    }
}
