using Weir.Access.Contracts;
using Weir.Directory.Contracts;
using Weir.Kernel;
using Weir.Mailboxes.Checks;
using Weir.Mailboxes.Contracts;

namespace Weir.Mailboxes.Tests.Checks;

public sealed class ConnectorsCheckTests
{
    [Fact]
    public async Task Without_a_connector_it_says_what_cannot_be_done()
    {
        var result = Assert.Single(await LookAsync(new SaidMailboxes()));

        Assert.Equal(CheckState.Off, result.State);
        Assert.Contains("mailboxes.connectors", result.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_connector_is_reached_and_one_mailbox_of_each_domain_is_opened()
    {
        var results = await LookAsync(new SaidMailboxes(new MailboxCheck("imap", ["*"], Problem: null)), "anna@corp.example", "ben@corp.example", "dora@yard.example");

        Assert.Equal(["imap for * is reached", "The mailbox of anna@corp.example can be opened", "The mailbox of dora@yard.example can be opened"], results.Select(result => result.Text));
        Assert.All(results, result => Assert.Equal(CheckState.Ok, result.State));
    }

    [Fact]
    public async Task A_connector_that_is_not_reached_and_a_mailbox_that_stays_shut_say_what_to_do()
    {
        var mailboxes = new SaidMailboxes(new MailboxCheck("imap", ["corp.example"], "Connection refused")) { Shut = true };

        var results = await LookAsync(mailboxes, "anna@corp.example");

        Assert.Equal([CheckState.Failed, CheckState.Failed], results.Select(result => result.State));
        Assert.Equal("imap for corp.example: Connection refused", results[0].Text);
        Assert.Contains("mailboxes.connectors", results[0].Advice, StringComparison.Ordinal);
        Assert.Contains("no such mailbox", results[1].Text, StringComparison.Ordinal);
        Assert.Contains("master user", results[1].Advice, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<CheckResult>> LookAsync(IMailboxes mailboxes, params string[] people) =>
        await new ConnectorsCheck(mailboxes, new Firm([.. people.Select(address => new Person { ObjectId = address, DisplayName = address, Address = address })]), TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);

    private sealed class SaidMailboxes(params MailboxCheck[] checks) : IMailboxes
    {
        public bool Shut { get; init; }

        public bool Serves(string mailbox) => checks.Length > 0;

        public ValueTask<IReadOnlyList<FoundMessage>> FindAsync(Caller caller, string mailbox, MessageIdentity message, CancellationToken cancellationToken) =>
            Shut ? throw new MailboxException("no such mailbox") : ValueTask.FromResult<IReadOnlyList<FoundMessage>>([]);

        public ValueTask<IReadOnlyList<MailboxCheck>> CheckAsync(Caller caller, CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<MailboxCheck>>(checks);

        public ValueTask<MailboxResult> MoveAsync(Caller caller, string mailbox, MessageIdentity message, MailboxDestination to, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<MailboxResult> RestoreAsync(Caller caller, string mailbox, MessageIdentity message, MessageToStore content, MailboxDestination to, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DeliverAsync(Caller caller, string mailbox, MessageToStore content, MailboxDestination to, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class Firm(IReadOnlyList<Person> people) : IDirectory, IOrganisation
    {
        public IOrganisation Current => this;
        public string Name => "Firm";
        public IReadOnlyList<string> OwnDomains => [];
        public IReadOnlyList<Person> People => people;
        public IReadOnlyList<DistributionList> Lists => [];
        public IReadOnlyList<string> ProtectedDomains => [];

        public Person? Find(string address) => null;

        public DistributionList? FindList(string address) => null;

        public bool IsOwnDomain(string domain) => false;

        public ValueTask<IReadOnlyList<string>> ImportCsvAsync(Caller caller, string folder, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
