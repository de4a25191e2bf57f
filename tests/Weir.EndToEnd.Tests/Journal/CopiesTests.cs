using Weir.EndToEnd.Tests.Support;
using Weir.Events.Contracts;

namespace Weir.EndToEnd.Tests.Journal;

/// <summary>A real Postfix that sends a copy of everything to the journal (<c>always_bcc</c>).</summary>
public sealed class CopiesTests(Lab lab)
{
    [Fact]
    public async Task A_message_by_milter_and_by_journal_is_one_row_a_mailbox()
    {
        await lab.RequireAsync();
        await using var weir = await StartAsync();

        await Sender.SendAsync(lab.Copying, Sender.Mail("two doors"), "stranger@good.example", "anna@corp.example", "sales@corp.example");

        await weir.FactsAsync(facts => facts.OfType<MessageSeen>().Any(seen => seen.Door == "journal") && facts.OfType<DeliveryObserved>().Count() >= 2);
        var answer = await weir.AskAsync("EmailEvents | where Subject == 'two doors' | project RecipientEmailAddress, DeliveryLocation | sort by RecipientEmailAddress asc");
        Assert.Equal([("anna@corp.example", "Inbox/folder"), ("ben@corp.example", "Inbox/folder")], answer.Rows.Select(row => ((string)row[0]!, (string)row[1]!)));
    }

    [Fact]
    public async Task Without_a_milter_the_journal_alone_tells_of_the_mail_and_Postfix_who_got_it()
    {
        await lab.RequireAsync();
        await using var weir = await StartAsync();

        // Addressed to Anna, in truth for Ben and Dora: blind copies.
        await Sender.SendAsync(lab.Unfiltered, Sender.Mail("blind copy"), "stranger@good.example", "ben@corp.example", "dora@corp.example");

        await weir.FactsAsync(facts => facts.OfType<DeliveryObserved>().Count() >= 2);
        var answer = await weir.AskAsync("EmailEvents | where Subject == 'blind copy' | project RecipientEmailAddress, DeliveryLocation, SenderIPv4, SenderMailFromAddress | sort by RecipientEmailAddress asc");
        Assert.Equal(
            [("ben@corp.example", "Inbox/folder", "127.0.0.1", "stranger@good.example"), ("dora@corp.example", "Inbox/folder", "127.0.0.1", "stranger@good.example")],
            answer.Rows.Select(row => ((string)row[0]!, (string)row[1]!, (string)row[2]!, (string)row[3]!)));
    }

    [Fact(Timeout = 60_000)]
    public async Task While_Weir_is_down_Postfix_keeps_the_copy_and_brings_it_later()
    {
        await lab.RequireAsync();
        Assert.StartsWith("250", await Sender.SendAsync(lab.Unfiltered, Sender.Mail("kept for later"), "stranger@good.example", "anna@corp.example"), StringComparison.Ordinal);
        while (!(await File.ReadAllTextAsync(lab.PostfixLog, TestContext.Current.CancellationToken)).Contains("to=<archive@journal.lab.example>, relay=none", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        await using var weir = await StartAsync();

        var received = (await weir.FactsAsync(facts => facts.OfType<MessageReceived>().Any())).OfType<MessageReceived>().Single();
        Assert.Equal(("journal", "anna@corp.example"), (received.Door, Assert.Single(received.Envelope.Recipients)));
    }

    private Task<WeirHost> StartAsync() => WeirHost.StartAsync(lab, settings: new Dictionary<string, string?>
    {
        ["journal:listen"] = $"inet:127.0.0.1:{lab.Journal}",
        ["journal:addresses:0"] = "@journal.lab.example",
    });
}
