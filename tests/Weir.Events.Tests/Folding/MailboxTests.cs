using Weir.Events.Contracts;
using Weir.Events.Folding;
using Weir.Events.Tests.Support;

namespace Weir.Events.Tests.Folding;

public sealed class MailboxTests
{
    private static readonly Weir.Kernel.NetworkMessageId Id = Some.Id();

    [Fact]
    public void A_recipient_that_only_a_copy_names_is_a_row_of_its_own()
    {
        var rows = Rows(Some.Judged(Id, ("anna@corp.example", "Deliver")), Copy("ben@corp.example", "Anna@corp.example"));

        Assert.Equal([("anna@corp.example", "Unknown"), ("ben@corp.example", "Unknown")], rows);
    }

    [Fact]
    public void Whom_an_imported_file_speaks_of_is_no_recipient() =>
        Assert.Equal([("anna@corp.example", "Unknown")], Rows(Some.Judged(Id, ("anna@corp.example", "Deliver")), Copy("guest@elsewhere.example") with { Door = "import" }));

    [Fact]
    public void A_copy_for_a_mailbox_that_was_reached_through_an_alias_adds_no_row()
    {
        var rows = Rows(Some.Judged(Id, ("sales@corp.example", "Deliver")), Some.Delivered(Id, "ben@corp.example", originalRecipient: "sales@corp.example"), Copy("ben@corp.example"), Copy("sales@corp.example"));

        Assert.Equal([("ben@corp.example", "Inbox/folder")], rows);
    }

    [Fact]
    public void Who_was_only_guessed_counts_until_a_delivery_is_seen()
    {
        var judged = Some.Judged(Id, ("anna@corp.example", "Deliver"));
        var guessed = judged with { Recipients = [judged.Recipients[0] with { IsGuessed = true }] };

        Assert.Equal([("anna@corp.example", "Unknown")], Rows(guessed));
        Assert.Equal([("ben@corp.example", "Inbox/folder")], Rows(guessed, Some.Delivered(Id, "ben@corp.example")));
    }

    [Fact]
    public void What_was_decided_last_for_a_recipient_counts_and_others_keep_their_decision()
    {
        var first = Some.Judged(Id, ("anna@corp.example", "Deliver"), ("ben@corp.example", "Deliver"));
        var second = Some.Judged(Id, ("anna@corp.example", "Quarantine")) with { At = first.At.AddSeconds(1) };

        Assert.Equal([("anna@corp.example", "Quarantine"), ("ben@corp.example", "Unknown")], Rows(second, first));
    }

    private static MessageSeen Copy(params string[] recipients) => new() { At = Some.Noon, Id = Id, Door = "journal", Recipients = recipients };

    private static IEnumerable<(string, string)> Rows(params Fact[] facts)
    {
        var message = new MessageFacts(Id);
        foreach (var fact in facts)
        {
            message.Add(fact, out _);
        }

        return MailRows.MailboxesOf(message).Select(mailbox => (mailbox.Address, mailbox.Location)).Order();
    }
}
