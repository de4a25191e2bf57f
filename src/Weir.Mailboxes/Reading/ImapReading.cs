using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using Weir.Mailboxes.Connectors.Imap;
using Weir.Mailboxes.Contracts;

namespace Weir.Mailboxes.Reading;

/// <summary>Mailboxes of an IMAP server, read with EXAMINE and BODY.PEEK: the server keeps every flag as it is, \Recent included.</summary>
internal sealed class ImapReading(ImapOptions options, IReadOnlyList<string> mailboxes, TimeProvider time) : IReadMailboxes
{
    private const int MaxMessage = 64 << 20;
    private const int ListedAtOnce = 1_000;

    /// <summary>Messages asked for in one command, and their bytes: what is in memory at a time.</summary>
    private const int FetchedAtOnce = 50;
    private const long FetchedBytes = 8 << 20;

    private static readonly string[] Fields = ["Message-ID", "In-Reply-To", "References", "From", "To", "Cc", "Bcc", "Date", "Subject"];

    private readonly ImapLogin _login = new(options, time);
    private (string Mailbox, ImapClient Client, ImapFolders Folders)? _open;

    public string Source => $"{options.Host}:{options.Port}";

    public ValueTask<IReadOnlyList<MailboxToRead>> ListAsync(CancellationToken cancellationToken) =>
        new([.. mailboxes.Distinct(StringComparer.OrdinalIgnoreCase).Select(name => new MailboxToRead(name, name.Contains('@', StringComparison.Ordinal) ? name.ToLowerInvariant() : "", name))]);

    public ValueTask<IReadOnlyList<FolderToRead>> FoldersAsync(MailboxToRead mailbox, CancellationToken cancellationToken) => ExplainedAsync<IReadOnlyList<FolderToRead>>(
        async () =>
        {
            var (client, folders) = await OpenAsync(mailbox.Place, cancellationToken);
            return [.. folders.All.Select(folder => new FolderToRead(NameOf(client, folder), UseOf(client, folder), folder.FullName))];
        },
        cancellationToken);

    public async IAsyncEnumerable<StoredMessage> ReadAsync(MailboxToRead mailbox, FolderToRead folder, DateTimeOffset since, bool headersOnly, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (opened, uids) = await ExplainedAsync(
            async () =>
            {
                var (_, folders) = await OpenAsync(mailbox.Place, cancellationToken);
                var chosen = folders.All.First(each => each.FullName == folder.Place);
                await chosen.OpenAsync(FolderAccess.ReadOnly, cancellationToken);
                // The server's day begins in its own zone: a day more, and the exact time is looked at below.
                return (chosen, chosen.Count == 0 ? [] : await chosen.SearchAsync(SearchQuery.DeliveredAfter(since.UtcDateTime.AddDays(-1)), cancellationToken));
            },
            cancellationToken);
        foreach (var some in uids.Chunk(ListedAtOnce))
        {
            var items = MessageSummaryItems.UniqueId | MessageSummaryItems.Flags | MessageSummaryItems.InternalDate | MessageSummaryItems.Size;
            var request = headersOnly ? new FetchRequest(items, Fields) : new FetchRequest(items);
            var listed = await ExplainedAsync(() => opened.FetchAsync(some, request, cancellationToken), cancellationToken);
            foreach (var batch in headersOnly ? [] : Batches([.. listed.Where(summary => !(summary.InternalDate < since))]))
            {
                foreach (var message in await ExplainedAsync(() => FetchAsync(opened, batch, cancellationToken), cancellationToken))
                {
                    yield return message;
                }
            }

            foreach (var summary in listed.Where(summary => headersOnly && !(summary.InternalDate < since)))
            {
                using var written = new MemoryStream();
                if (summary.Headers is not null)
                {
                    await summary.Headers.WriteToAsync(written, cancellationToken);
                }

                yield return Of(opened, summary) with { Raw = written.ToArray() };
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private static IEnumerable<List<IMessageSummary>> Batches(IReadOnlyList<IMessageSummary> listed)
    {
        var batch = new List<IMessageSummary>();
        var bytes = 0L;
        foreach (var summary in listed)
        {
            var size = summary.Size is > MaxMessage ? 0 : summary.Size ?? 0;
            if (batch.Count > 0 && (batch.Count == FetchedAtOnce || bytes + size > FetchedBytes))
            {
                yield return batch;
                batch = [];
                bytes = 0;
            }

            batch.Add(summary);
            bytes += size;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private static async Task<IReadOnlyList<StoredMessage>> FetchAsync(IMailFolder folder, List<IMessageSummary> batch, CancellationToken cancellationToken)
    {
        var bytes = new ConcurrentDictionary<uint, byte[]>();
        var wanted = batch.Where(summary => summary.Size is not > MaxMessage).Select(summary => summary.UniqueId).ToList();
        if (wanted.Count > 0)
        {
            await ((ImapFolder)folder).GetStreamsAsync(
                wanted,
                async (_, _, uid, stream, token) =>
                {
                    using var whole = new MemoryStream();
                    await stream.CopyToAsync(whole, token);
                    bytes[uid.Id] = whole.ToArray();
                },
                cancellationToken);
        }

        // What is not among them was removed meanwhile, by its owner or a rule.
        return [.. batch.Where(summary => summary.Size is > MaxMessage || bytes.ContainsKey(summary.UniqueId.Id))
            .Select(summary => summary.Size is > MaxMessage ? Of(folder, summary) with { NotRead = "larger than 64 MiB" } : Of(folder, summary) with { Raw = bytes[summary.UniqueId.Id] })];
    }

    private static StoredMessage Of(IMailFolder folder, IMessageSummary summary) => new()
    {
        Key = string.Create(CultureInfo.InvariantCulture, $"{folder.FullName};UIDVALIDITY={folder.UidValidity};UID={summary.UniqueId.Id}"),
        Raw = ReadOnlyMemory<byte>.Empty,
        At = summary.InternalDate?.ToUniversalTime() ?? DateTimeOffset.UnixEpoch,
        IsRead = Has(summary, MessageFlags.Seen),
        IsAnswered = Has(summary, MessageFlags.Answered),
        IsFlagged = Has(summary, MessageFlags.Flagged),
        IsForwarded = summary.Keywords.Contains("$Forwarded"),
    };

    private static bool Has(IMessageSummary summary, MessageFlags flag) => summary.Flags is { } flags && flags.HasFlag(flag);

    private static string NameOf(ImapClient client, IMailFolder folder) =>
        folder == client.Inbox ? "INBOX" : folder.DirectorySeparator is '\0' or '/' ? folder.FullName : folder.FullName.Replace(folder.DirectorySeparator, '/');

    private static FolderUse UseOf(ImapClient client, IMailFolder folder) => folder.Attributes switch
    {
        _ when folder == client.Inbox => FolderUse.Inbox,
        var marks when marks.HasFlag(FolderAttributes.Junk) => FolderUse.Junk,
        var marks when marks.HasFlag(FolderAttributes.Trash) => FolderUse.Deleted,
        var marks when marks.HasFlag(FolderAttributes.Sent) => FolderUse.Sent,
        var marks when marks.HasFlag(FolderAttributes.Drafts) => FolderUse.Drafts,
        _ => NameOf(client, folder) is var name && name.StartsWith("INBOX/", StringComparison.OrdinalIgnoreCase) ? FolderNames.UseOf(name[6..]) : FolderNames.UseOf(name),
    };

    private async Task<(ImapClient Client, ImapFolders Folders)> OpenAsync(string mailbox, CancellationToken cancellationToken)
    {
        if (_open is { } open && open.Mailbox == mailbox && open.Client is { IsConnected: true, IsAuthenticated: true })
        {
            return (open.Client, open.Folders);
        }

        Close();
        var login = options.Login.Replace("{mailbox}", mailbox, StringComparison.Ordinal).Replace("{master}", options.MasterUser, StringComparison.Ordinal);
        var client = await _login.ConnectAsync(login, authorizeAs: null, cancellationToken);
        try
        {
            var folders = await ImapFolders.ListAsync(client, options, cancellationToken);
            _open = (mailbox, client, folders);
            return (client, folders);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private void Close()
    {
        _open?.Client.Dispose();
        _open = null;
    }

    private async ValueTask<T> ExplainedAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        try
        {
            return await act();
        }
        catch (Exception problem) when (problem is not MailboxException && ImapProblems.Explain(problem, options, cancellationToken) is { } reason)
        {
            Close();
            throw new MailboxException(reason, problem);
        }
    }
}
