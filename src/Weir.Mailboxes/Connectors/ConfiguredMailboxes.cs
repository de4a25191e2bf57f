using Microsoft.Extensions.Options;
using Weir.Access.Contracts;
using Weir.Mailboxes.Connectors.Imap;
using Weir.Mailboxes.Connectors.Maildir;
using Weir.Mailboxes.Contracts;

namespace Weir.Mailboxes.Connectors;

/// <summary>The mailboxes that <c>weir.json</c> names.</summary>
internal sealed class ConfiguredMailboxes(IOptions<MailboxesOptions> options, TimeProvider time) : IMailboxes, IAsyncDisposable
{
    private readonly IReadOnlyList<(ConnectorOptions Options, IMailboxConnector Connector)> _connectors =
        [.. options.Value.Connectors.Select(entry => (entry, Make(entry, time)))];

    public bool Serves(string mailbox) => Find(mailbox) is not null;

    public ValueTask<IReadOnlyList<FoundMessage>> FindAsync(Caller caller, string mailbox, MessageIdentity message, CancellationToken cancellationToken)
    {
        caller.Require(Permission.EmailAdvancedActionsManage);
        return Of(mailbox).FindAsync(mailbox, message, cancellationToken);
    }

    public async ValueTask<MailboxResult> MoveAsync(Caller caller, string mailbox, MessageIdentity message, MailboxDestination to, CancellationToken cancellationToken)
    {
        caller.Require(Permission.EmailAdvancedActionsManage);
        if (to.Place == MailboxPlace.HardDeleted)
        {
            caller.Require(Permission.EmailPurge);
        }

        return Find(mailbox) is { } connector
            ? await connector.MoveAsync(mailbox, message, to, cancellationToken)
            : MailboxResult.Failed(Unserved(mailbox));
    }

    public async ValueTask<MailboxResult> RestoreAsync(
        Caller caller, string mailbox, MessageIdentity message, MessageToStore content, MailboxDestination to, CancellationToken cancellationToken)
    {
        if (!caller.Has(Permission.QuarantineManage))
        {
            caller.Require(Permission.EmailAdvancedActionsManage);
        }

        return Find(mailbox) is { } connector
            ? await connector.RestoreAsync(mailbox, message, content, to, cancellationToken)
            : MailboxResult.Failed(Unserved(mailbox));
    }

    public ValueTask DeliverAsync(Caller caller, string mailbox, MessageToStore content, MailboxDestination to, CancellationToken cancellationToken)
    {
        caller.Require(Permission.MailImport);
        return Of(mailbox).AppendAsync(mailbox, content, to, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<MailboxCheck>> CheckAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.Require(Permission.SecuritySettingsRead);
        var checks = new List<MailboxCheck>();
        foreach (var (entry, connector) in _connectors)
        {
            checks.Add(new MailboxCheck(connector.Name, entry.Domains, await connector.CheckAsync(cancellationToken)));
        }

        return checks;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, connector) in _connectors)
        {
            if (connector is IAsyncDisposable disposable)
            {
                await disposable.DisposeAsync();
            }
        }
    }

    private static IMailboxConnector Make(ConnectorOptions entry, TimeProvider time) =>
        entry.Maildir is { } maildir ? new MaildirConnector(maildir, time) : new ImapConnector(entry.Imap!, time); // the options were validated: one of the two is there

    private IMailboxConnector Of(string mailbox) => Find(mailbox) ?? throw new MailboxException(Unserved(mailbox));

    private IMailboxConnector? Find(string mailbox)
    {
        if (MailboxAddress.Parse(mailbox) is not { } address)
        {
            return null;
        }

        return _connectors.FirstOrDefault(c => c.Options.Domains.Contains(address.Domain, StringComparer.OrdinalIgnoreCase)).Connector
            ?? _connectors.FirstOrDefault(c => c.Options.Domains.Contains("*", StringComparer.Ordinal)).Connector;
    }

    private static string Unserved(string mailbox) =>
        $"no connector serves {mailbox}; add its domain to \"mailboxes\" in weir.json";
}
