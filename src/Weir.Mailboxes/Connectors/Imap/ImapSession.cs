using System.Globalization;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MimeKit;
using Weir.Mail.Contracts;
using Weir.Mailboxes.Actions;
using Weir.Mailboxes.Contracts;

namespace Weir.Mailboxes.Connectors.Imap;

/// <summary>One mailbox over one connection.</summary>
internal sealed class ImapSession : IMailboxSession
{
    /// <summary>Copies looked into per folder: what else carries the id is somebody's attempt to keep Weir busy.</summary>
    private const int MaxCandidates = 200;

    /// <summary>Larger messages are not looked into; no mail server takes them.</summary>
    private const uint MaxMessage = 256u << 20;

    private readonly ImapClient _client;
    private readonly ImapFolders _folders;

    private ImapSession(ImapClient client, ImapFolders folders)
    {
        _client = client;
        _folders = folders;
    }

    public static async ValueTask<ImapSession> OpenAsync(ImapClient client, ImapOptions options, CancellationToken cancellationToken) =>
        new(client, await ImapFolders.ListAsync(client, options, cancellationToken));

    public async ValueTask<IReadOnlyList<FoundMessage>> FindAsync(MessageIdentity message, CancellationToken cancellationToken)
    {
        SearchQuery query = SearchQuery.HeaderContains(ProvenAction.IdHeader, message.Id.ToString());
        if (message.InternetMessageId.Length > 0)
        {
            query = query.Or(SearchQuery.HeaderContains("Message-ID", message.InternetMessageId));
        }

        var found = new List<FoundMessage>();
        foreach (var folder in _folders.All)
        {
            await folder.OpenAsync(FolderAccess.ReadOnly, cancellationToken);
            if (folder.Count > 0)
            {
                await FindInAsync(folder, query, message, found, cancellationToken);
            }
        }

        return found;
    }

    public async ValueTask MoveAsync(IReadOnlyList<FoundMessage> copies, MailboxDestination to, CancellationToken cancellationToken)
    {
        RequireSafeRemoval();
        var destination = await _folders.OfAsync(to, cancellationToken);
        var (source, uids) = await OpenAsync(copies, cancellationToken);
        await source.MoveToAsync(uids, destination, cancellationToken);
    }

    public async ValueTask DeleteAsync(IReadOnlyList<FoundMessage> copies, CancellationToken cancellationToken)
    {
        RequireSafeRemoval();
        var (source, uids) = await OpenAsync(copies, cancellationToken);
        await source.StoreAsync(uids, new StoreFlagsRequest(StoreAction.Add, MessageFlags.Deleted) { Silent = true }, cancellationToken);
        await source.ExpungeAsync(uids, cancellationToken);
    }

    public async ValueTask AppendAsync(MessageToStore content, MailboxDestination to, CancellationToken cancellationToken)
    {
        var destination = await _folders.OfAsync(to, cancellationToken);
        using var stream = new MemoryStream(content.Raw.ToArray());
        using var message = await MimeMessage.LoadAsync(stream, cancellationToken);
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        using var written = new MemoryStream();
        await message.WriteToAsync(format, written, cancellationToken);
        if (MailContent.BodySha256(written.ToArray()) != MailContent.BodySha256(content.Raw))
        {
            throw new MailboxException("the message is too malformed to be written back unchanged");
        }

        var flags = (content.IsRead ? MessageFlags.Seen : MessageFlags.None) | (content.IsAnswered ? MessageFlags.Answered : MessageFlags.None);
        await destination.AppendAsync(format, new AppendRequest(message, flags, content.ReceivedAt), cancellationToken);
    }

    /// <summary>The connection belongs to who rented it.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task FindInAsync(IMailFolder folder, SearchQuery query, MessageIdentity message, List<FoundMessage> found, CancellationToken cancellationToken)
    {
        var candidates = await folder.SearchAsync(query, cancellationToken);
        if (candidates.Count == 0)
        {
            return;
        }

        IList<UniqueId> some = [.. candidates.Take(MaxCandidates)];
        foreach (var summary in await folder.FetchAsync(some, MessageSummaryItems.UniqueId | MessageSummaryItems.Flags | MessageSummaryItems.Size, cancellationToken))
        {
            if (summary.Size is not <= MaxMessage)
            {
                continue;
            }

            try
            {
                await using var stream = await folder.GetStreamAsync(summary.UniqueId, cancellationToken);
                using var raw = new MemoryStream();
                await stream.CopyToAsync(raw, cancellationToken);
                if (Proof.Agrees(raw.GetBuffer().AsMemory(0, (int)raw.Length), message))
                {
                    found.Add(new FoundMessage(_folders.PlaceOf(folder), _folders.NameOf(folder), KeyOf(folder, summary.UniqueId), Is(summary, MessageFlags.Seen), Is(summary, MessageFlags.Answered)));
                }
            }
            catch (MessageNotFoundException)
            {
                // Somebody else removed it between the search and the reading: it is not here.
            }
        }
    }

    private async ValueTask<(IMailFolder Folder, IList<UniqueId> Uids)> OpenAsync(IReadOnlyList<FoundMessage> copies, CancellationToken cancellationToken)
    {
        var folder = _folders.Named(copies[0].Folder);
        await folder.OpenAsync(FolderAccess.ReadWrite, cancellationToken);
        var uids = new List<UniqueId>();
        foreach (var copy in copies)
        {
            var colon = copy.Key.IndexOf(':', StringComparison.Ordinal);
            if (uint.Parse(copy.Key.AsSpan(0, colon), CultureInfo.InvariantCulture) != folder.UidValidity)
            {
                throw new MailboxException("the folder was made anew while it was being worked on");
            }

            uids.Add(new UniqueId(folder.UidValidity, uint.Parse(copy.Key.AsSpan(colon + 1), CultureInfo.InvariantCulture)));
        }

        return (folder, uids);
    }

    /// <summary>A plain EXPUNGE would remove everything that the person marked deleted as well.</summary>
    private void RequireSafeRemoval()
    {
        if (!_client.Capabilities.HasFlag(ImapCapabilities.UidPlus))
        {
            throw new MailboxException("the server does not offer UIDPLUS, without which messages cannot be removed safely");
        }
    }

    private static string KeyOf(IMailFolder folder, UniqueId uid) => string.Create(CultureInfo.InvariantCulture, $"{folder.UidValidity}:{uid.Id}");

    private static bool Is(IMessageSummary summary, MessageFlags flag) => summary.Flags is { } flags && flags.HasFlag(flag);
}
