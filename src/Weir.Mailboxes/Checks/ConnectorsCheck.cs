using Weir.Access.Contracts;
using Weir.Directory.Contracts;
using Weir.Kernel;
using Weir.Mailboxes.Contracts;

namespace Weir.Mailboxes.Checks;

/// <summary>Each connector is reached, and one mailbox of the organisation can be opened with it.</summary>
internal sealed class ConnectorsCheck(IMailboxes mailboxes, IDirectory directory, TimeProvider time) : ICheck
{
    private static readonly Caller Doctor = Caller.System("doctor", Permission.SecuritySettingsRead, Permission.EmailAdvancedActionsManage);

    public string Name => "Mailboxes";

    public async ValueTask<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var connectors = await mailboxes.CheckAsync(Doctor, cancellationToken);
        if (connectors.Count == 0)
        {
            return CheckResult.Off("No connector is configured: delivered mail can be seen but not taken back", "Set mailboxes.connectors (docs/install.md).");
        }

        var results = new List<CheckResult>();
        foreach (var connector in connectors)
        {
            results.Add(connector.Problem is { } problem
                ? new CheckResult(CheckState.Failed, $"{connector.Connector} for {string.Join(", ", connector.Domains)}: {problem}", "Correct this entry of mailboxes.connectors, or the server it names.")
                : new CheckResult(CheckState.Ok, $"{connector.Connector} for {string.Join(", ", connector.Domains)} is reached"));
        }

        var people = directory.Current.People.Where(person => mailboxes.Serves(person.Address)).GroupBy(person => person.Address[(person.Address.LastIndexOf('@') + 1)..], StringComparer.Ordinal);
        foreach (var first in people.Select(domain => domain.First()))
        {
            results.Add(await OpenAsync(first.Address, cancellationToken));
        }

        return results;
    }

    private async Task<CheckResult> OpenAsync(string mailbox, CancellationToken cancellationToken)
    {
        // Looking for a message that nobody has opens the mailbox as every action does.
        var nobody = new MessageIdentity(NetworkMessageId.New(time.GetUtcNow()), new string('0', 64), "", time.GetUtcNow());
        try
        {
            await mailboxes.FindAsync(Doctor, mailbox, nobody, cancellationToken);
            return new CheckResult(CheckState.Ok, $"The mailbox of {mailbox} can be opened");
        }
        catch (MailboxException problem)
        {
            return new CheckResult(CheckState.Failed, $"The mailbox of {mailbox} cannot be opened: {problem.Message}", "See that the master user may open every mailbox, or that the Maildirs may be read and written by weir's user.");
        }
    }
}
