using Weir.Mailboxes.Actions;
using Weir.Mailboxes.Contracts;

namespace Weir.Mailboxes.Connectors.Maildir;

/// <summary>Mailboxes that are Maildir++ trees on this machine. Other programs work in them at the same time: every step is one atomic rename.</summary>
internal sealed class MaildirConnector(MaildirOptions options, TimeProvider time) : IMailboxConnector
{
    private readonly MaildirIndex _index = new(options.IndexEntries);
    private readonly UniqueNames _names = new(time);
    private readonly Turns _turns = new();

    public string Name => "maildir";

    public async ValueTask<IReadOnlyList<FoundMessage>> FindAsync(string mailbox, MessageIdentity message, CancellationToken cancellationToken)
    {
        await using var session = await OpenAsync(mailbox, create: false, cancellationToken);
        return await session.FindAsync(message, cancellationToken);
    }

    public async ValueTask<MailboxResult> MoveAsync(string mailbox, MessageIdentity message, MailboxDestination to, CancellationToken cancellationToken)
    {
        try
        {
            await using var session = await OpenAsync(mailbox, create: false, cancellationToken);
            return await ProvenAction.MoveAsync(session, message, to, cancellationToken);
        }
        catch (MailboxException problem)
        {
            return MailboxResult.Failed(problem.Message);
        }
    }

    public async ValueTask<MailboxResult> RestoreAsync(
        string mailbox, MessageIdentity message, MessageToStore content, MailboxDestination to, CancellationToken cancellationToken)
    {
        try
        {
            await using var session = await OpenAsync(mailbox, create: false, cancellationToken);
            return await ProvenAction.RestoreAsync(session, message, content, to, cancellationToken);
        }
        catch (MailboxException problem)
        {
            return MailboxResult.Failed(problem.Message);
        }
    }

    public async ValueTask AppendAsync(string mailbox, MessageToStore content, MailboxDestination to, CancellationToken cancellationToken)
    {
        await using var session = await OpenAsync(mailbox, options.CreateMailboxes, cancellationToken);
        await session.AppendAsync(content, to, cancellationToken);
    }

    public ValueTask<string?> CheckAsync(CancellationToken cancellationToken)
    {
        var root = Path.GetDirectoryName(options.Path[..options.Path.IndexOf('{', StringComparison.Ordinal)].TrimEnd('/') + "/") ?? "/";
        if (!System.IO.Directory.Exists(root))
        {
            return ValueTask.FromResult<string?>($"the directory {root} does not exist; correct mailboxes:maildir:path");
        }

        try
        {
            _ = System.IO.Directory.EnumerateFileSystemEntries(root).Any();
            return ValueTask.FromResult<string?>(null);
        }
        catch (UnauthorizedAccessException)
        {
            return ValueTask.FromResult<string?>($"Weir may not read {root}; give its user the right to");
        }
    }

    private async ValueTask<MaildirSession> OpenAsync(string mailbox, bool create, CancellationToken cancellationToken)
    {
        var address = MailboxAddress.Parse(mailbox) ?? throw new MailboxException($"{mailbox} is no mailbox address");
        var root = address.Fill(options.Path);
        var turn = await _turns.TakeAsync(root, cancellationToken);
        try
        {
            var tree = new MaildirTree(root, options);
            if (create)
            {
                tree.Create();
            }
            else if (!tree.Exists)
            {
                throw new MailboxException($"there is no mailbox {mailbox}");
            }

            return new MaildirSession(tree, _index, _names, turn);
        }
        catch (Exception problem)
        {
            turn.Dispose();
            throw problem is IOException or UnauthorizedAccessException ? new MailboxException(problem.Message, problem) : problem;
        }
    }
}
