using System.Text;
using Weir.Kernel;
using Weir.Mail.Contracts;
using Weir.Mailboxes.Contracts;
using Weir.Mailboxes.Tests.Support;
using static Weir.Mailboxes.Contracts.MailboxPlace;

namespace Weir.Mailboxes.Tests.Connectors;

/// <summary>What every connector must do, on a real store.</summary>
public abstract class ConnectorContract
{
    private readonly string _mailbox = Some.Mailbox();

    internal abstract IMailboxConnector Connector { get; }

    /// <summary>Makes an empty mailbox.</summary>
    internal abstract Task MakeAsync(string mailbox);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Junk)]
    [InlineData(DeletedItems)]
    [InlineData(SoftDeleted)]
    public async Task A_message_moves_away_and_back(MailboxPlace place)
    {
        var message = await DeliverAsync(Some.Mail());

        var away = await Connector.MoveAsync(_mailbox, message, place, Token);
        var there = await WhereAsync(message);
        var back = await Connector.MoveAsync(_mailbox, message, Inbox, Token);

        Assert.Equal((MailboxOutcome.Success, Inbox, place), (away.Outcome, away.From, away.Now));
        Assert.Equal([place], there);
        Assert.Equal((MailboxOutcome.Success, place, Inbox), (back.Outcome, back.From, back.Now));
        Assert.Equal([Inbox], await WhereAsync(message));
    }

    [Fact]
    public async Task A_hard_delete_removes_it_for_good()
    {
        var message = await DeliverAsync(Some.Mail());
        await Connector.MoveAsync(_mailbox, message, SoftDeleted, Token);

        var gone = await Connector.MoveAsync(_mailbox, message, HardDeleted, Token);
        var again = await Connector.MoveAsync(_mailbox, message, HardDeleted, Token);

        Assert.Equal((MailboxOutcome.Success, SoftDeleted, HardDeleted), (gone.Outcome, gone.From, gone.Now));
        Assert.Empty(await WhereAsync(message));
        Assert.Equal(MailboxOutcome.NotFound, again.Outcome);
    }

    [Fact]
    public async Task What_is_there_already_stays()
    {
        var message = await DeliverAsync(Some.Mail(), Junk);

        var result = await Connector.MoveAsync(_mailbox, message, Junk, Token);

        Assert.Equal((MailboxOutcome.AlreadyInDestination, "Already in destination"), (result.Outcome, result.Text));
        Assert.Equal([Junk], await WhereAsync(message));
    }

    [Fact]
    public async Task What_was_never_there_is_not_found()
    {
        await MakeAsync(_mailbox);

        var result = await Connector.MoveAsync(_mailbox, Some.IdentityOf(Some.Mail()), Junk, Token);

        Assert.Equal((MailboxOutcome.NotFound, "Not found"), (result.Outcome, result.Text));
    }

    [Fact]
    public async Task A_mailbox_that_does_not_exist_is_a_failure_with_a_reason()
    {
        var result = await Connector.MoveAsync("nobody@corp.example", Some.IdentityOf(Some.Mail()), Junk, Token);

        Assert.Equal(MailboxOutcome.Failure, result.Outcome);
        Assert.StartsWith("Failure: ", result.Text, StringComparison.Ordinal);
        Assert.Contains("no such mailbox", result.Reason!.Replace("there is no mailbox", "no such mailbox", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../etc/passwd@corp.example")]
    [InlineData("a/b@corp.example")]
    [InlineData("no address")]
    [InlineData(".@corp.example")]
    public async Task An_address_that_could_lead_elsewhere_is_refused(string mailbox)
    {
        var result = await Connector.MoveAsync(mailbox, Some.IdentityOf(Some.Mail()), Junk, Token);

        Assert.EndsWith("is no mailbox address", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_copy_moves_wherever_it_is()
    {
        var raw = Some.Mail();
        var message = await DeliverAsync(raw);
        await AddAsync(raw, message, Inbox);
        await AddAsync(raw, message, DeletedItems);

        var result = await Connector.MoveAsync(_mailbox, message, SoftDeleted, Token);

        Assert.Equal(MailboxOutcome.Success, result.Outcome);
        Assert.Equal(3, result.Before.Count);
        Assert.Equal([SoftDeleted, SoftDeleted, SoftDeleted], await WhereAsync(message));
    }

    [Fact]
    public async Task The_same_Message_ID_on_other_content_is_left_alone()
    {
        var message = await DeliverAsync(Some.Mail());
        var other = await DeliverAsync(Some.Mail(body: "Something else entirely.\r\n"));
        await Connector.AppendAsync(_mailbox, new MessageToStore(Some.Mail(body: "Without any id.\r\n"), Some.Noon), Inbox, Token);

        var result = await Connector.MoveAsync(_mailbox, message, HardDeleted, Token);

        Assert.Equal((MailboxOutcome.Success, 1), (result.Outcome, result.Before.Count));
        Assert.Equal([Inbox], await WhereAsync(other));
        Assert.Equal([Inbox], await WhereAsync(Some.IdentityOf(Some.Mail(body: "Without any id.\r\n"))));
    }

    [Fact]
    public async Task A_forged_id_on_other_content_is_left_alone()
    {
        var message = await DeliverAsync(Some.Mail());
        var forged = Some.Mail(messageId: "<2@sender.example>", body: "A letter that matters.\r\n");
        await AddAsync(forged, message, Inbox);

        await Connector.MoveAsync(_mailbox, message, HardDeleted, Token);

        var left = message with { BodySha256 = MailContent.BodySha256(forged) };
        Assert.Equal([Inbox], await WhereAsync(left));
        Assert.Empty(await WhereAsync(message));
    }

    [Fact]
    public async Task The_same_content_with_another_id_is_another_message()
    {
        var raw = Some.Mail();
        var message = await DeliverAsync(raw);
        var twin = await DeliverAsync(raw);

        await Connector.MoveAsync(_mailbox, message, Junk, Token);

        Assert.Equal([Inbox], await WhereAsync(twin));
    }

    [Fact]
    public async Task A_message_without_an_id_is_found_by_Message_ID_and_content_together()
    {
        var raw = Some.Mail(messageId: "<imported@sender.example>");
        await MakeAsync(_mailbox);
        await Connector.AppendAsync(_mailbox, new MessageToStore(raw, Some.Noon), Inbox, Token);

        var result = await Connector.MoveAsync(_mailbox, Some.IdentityOf(raw), Junk, Token);

        Assert.Equal((MailboxOutcome.Success, Inbox), (result.Outcome, result.From));
    }

    [Fact]
    public async Task A_purged_message_is_restored_with_its_flags()
    {
        var raw = Some.Mail();
        var message = await DeliverAsync(raw);
        await Connector.MoveAsync(_mailbox, message, HardDeleted, Token);

        var result = await Connector.RestoreAsync(_mailbox, message, new MessageToStore(raw, message.ReceivedAt) { IsRead = true, IsAnswered = true }, Inbox, Token);

        var found = Assert.Single(await Connector.FindAsync(_mailbox, message, Token));
        Assert.Equal((MailboxOutcome.Success, Inbox), (result.Outcome, result.Now));
        Assert.Equal((Inbox, true, true), (found.Place, found.IsRead, found.IsAnswered));
    }

    [Fact]
    public async Task Restoring_twice_makes_one_copy()
    {
        var raw = Some.Mail();
        await MakeAsync(_mailbox);
        var message = Some.IdentityOf(raw);

        var first = await Connector.RestoreAsync(_mailbox, message, new MessageToStore(raw, message.ReceivedAt), Inbox, Token);
        var second = await Connector.RestoreAsync(_mailbox, message, new MessageToStore(raw, message.ReceivedAt), Inbox, Token);

        Assert.Equal((MailboxOutcome.Success, MailboxOutcome.AlreadyInDestination), (first.Outcome, second.Outcome));
        Assert.Equal([Inbox], await WhereAsync(message));
    }

    [Fact]
    public async Task Restoring_drops_an_id_that_the_message_brought_along()
    {
        var raw = MailContent.WithHeader(Some.Mail(), "X-Weir-Id", NetworkMessageId.New(Some.Noon).ToString());
        await MakeAsync(_mailbox);
        var message = Some.IdentityOf(raw);

        var result = await Connector.RestoreAsync(_mailbox, message, new MessageToStore(raw, message.ReceivedAt), Inbox, Token);

        Assert.Equal(MailboxOutcome.Success, result.Outcome);
        Assert.Equal([Inbox], await WhereAsync(message));
    }

    [Fact]
    public async Task Bytes_that_are_hardly_mail_are_moved_and_restored_too()
    {
        byte[] raw = [.. Encoding.UTF8.GetBytes("Subject: =?x?=\nX: \r\nnot a field\n\nöä\n\n--x\r\n"), 0xFF, 0xFE, (byte)'\n', (byte)'.', (byte)'\n'];
        var message = await DeliverAsync(raw);

        var moved = await Connector.MoveAsync(_mailbox, message, HardDeleted, Token);
        var restored = await Connector.RestoreAsync(_mailbox, message, new MessageToStore(raw, message.ReceivedAt), Junk, Token);

        Assert.Equal(("Success", "Success"), (moved.Text, restored.Text));
        Assert.Equal([Junk], await WhereAsync(message));
    }

    [Fact]
    public async Task Eight_movers_at_once_leave_one_message()
    {
        var message = await DeliverAsync(Some.Mail());
        MailboxPlace[] places = [Junk, DeletedItems, SoftDeleted, Inbox, Junk, DeletedItems, SoftDeleted, Junk];

        var results = await Task.WhenAll(places.Select(place => Connector.MoveAsync(_mailbox, message, place, Token).AsTask()));

        Assert.All(results, result => Assert.True(result.Outcome is MailboxOutcome.Success or MailboxOutcome.AlreadyInDestination, result.Text));
        Assert.Single(await WhereAsync(message));
    }

    [Fact]
    public async Task It_says_that_it_works() => Assert.Null(await Connector.CheckAsync(Token));

    private async Task<MessageIdentity> DeliverAsync(byte[] raw, MailboxPlace place = Inbox)
    {
        await MakeAsync(_mailbox);
        var message = Some.IdentityOf(raw);
        await AddAsync(raw, message, place);
        return message;
    }

    private async Task AddAsync(byte[] raw, MessageIdentity message, MailboxPlace place) =>
        await Connector.AppendAsync(_mailbox, Some.Delivered(raw, message), place, Token);

    private async Task<IEnumerable<MailboxPlace>> WhereAsync(MessageIdentity message) =>
        (await Connector.FindAsync(_mailbox, message, Token)).Select(found => found.Place).Order();
}
