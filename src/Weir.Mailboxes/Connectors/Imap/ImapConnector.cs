using Weir.Mailboxes.Actions;
using Weir.Mailboxes.Contracts;

namespace Weir.Mailboxes.Connectors.Imap;

/// <summary>Mailboxes on an IMAP server, opened by a master user. Never throws for what the server does: a refusal is a failure with its reason.</summary>
internal sealed class ImapConnector(ImapOptions options, TimeProvider time) : IMailboxConnector, IAsyncDisposable
{
    private readonly ImapConnections _connections = new(options, time);
    private readonly Turns _turns = new();

    public string Name => "imap";

    public ValueTask<IReadOnlyList<FoundMessage>> FindAsync(string mailbox, MessageIdentity message, CancellationToken cancellationToken) =>
        InAsync(mailbox, (session, token) => session.FindAsync(message, token), cancellationToken);

    public async ValueTask<MailboxResult> MoveAsync(string mailbox, MessageIdentity message, MailboxDestination to, CancellationToken cancellationToken)
    {
        try
        {
            return await InAsync(mailbox, (session, token) => ProvenAction.MoveAsync(session, message, to, token), cancellationToken);
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
            return await InAsync(mailbox, (session, token) => ProvenAction.RestoreAsync(session, message, content, to, token), cancellationToken);
        }
        catch (MailboxException problem)
        {
            return MailboxResult.Failed(problem.Message);
        }
    }

    public async ValueTask AppendAsync(string mailbox, MessageToStore content, MailboxDestination to, CancellationToken cancellationToken) =>
        await InAsync(
            mailbox,
            async (session, token) =>
            {
                await session.AppendAsync(content, to, token);
                return true;
            },
            cancellationToken);

    public async ValueTask<string?> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _connections.GreetAsync(cancellationToken);
            return null;
        }
        catch (Exception problem) when (ImapProblems.Explain(problem, options, cancellationToken) is { } reason)
        {
            return reason;
        }
    }

    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    private async ValueTask<T> InAsync<T>(string mailbox, Func<ImapSession, CancellationToken, ValueTask<T>> act, CancellationToken cancellationToken)
    {
        var address = MailboxAddress.Parse(mailbox) ?? throw new MailboxException($"{mailbox} is no mailbox address");
        using var turn = await _turns.TakeAsync(address.ToString(), cancellationToken);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.TimeoutSeconds), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await using var connection = await _connections.RentAsync(address, both.Token);
            var result = await act(await ImapSession.OpenAsync(connection.Client, options, both.Token), both.Token);
            connection.IsHealthy = true;
            return result;
        }
        catch (Exception problem) when (problem is not MailboxException && ImapProblems.Explain(problem, options, cancellationToken) is { } reason)
        {
            throw new MailboxException(reason, problem);
        }
    }
}
