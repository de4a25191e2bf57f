using Weir.EndToEnd.Tests.Support;
using Weir.Events.Contracts;

namespace Weir.EndToEnd.Tests.Milter;

/// <summary>What Weir decides is what Postfix and Dovecot do.</summary>
public sealed class AnswerTests(Lab lab)
{
    private const string Anna = "anna@corp.example";
    private const string Ben = "ben@corp.example";

    [Fact]
    public async Task A_clean_message_arrives_with_Weirs_fields_and_without_forged_ones()
    {
        await lab.RequireAsync();
        await using var weir = await WeirHost.StartAsync(lab);
        var mail = Sender.Mail("clean one");
        mail.Headers.Add("X-Weir-Id", "00000000-0000-7000-8000-000000000000");
        mail.Headers.Add("X-WEIR-Junk", "yes");
        mail.Headers.Add("x-weir-id", "forged again");

        var reply = await Sender.SendAsync(lab.Smtp, mail, "stranger@good.example", Anna);

        Assert.StartsWith("250", reply, StringComparison.Ordinal);
        var id = (await DeliveredAsync(weir, Anna)).Id.ToString();
        var arrived = Assert.Single(await MailboxOf.FindAsync(lab, Anna, "INBOX", "clean one"));
        Assert.Equal([id], arrived.Headers.Where(header => header.Field.Equals("X-Weir-Id", StringComparison.OrdinalIgnoreCase)).Select(header => header.Value.Trim()));
        Assert.Equal("Clean", arrived.Headers["X-Weir-Verdict"]?.Trim());
        Assert.Null(arrived.Headers["X-Weir-Junk"]);
    }

    [Fact]
    public async Task A_message_that_all_must_not_get_is_refused_with_its_reference()
    {
        await lab.RequireAsync();
        await using var weir = await WeirHost.StartAsync(lab);

        var reply = await Sender.SendAsync(lab.Smtp, Sender.Mail("refused decide: reject"), "stranger@good.example", Anna, Ben);

        var judged = (await weir.FactsAsync(facts => facts.OfType<MessageJudged>().Any())).OfType<MessageJudged>().Single();
        Assert.StartsWith("550 5.7.1", reply, StringComparison.Ordinal);
        Assert.Contains(judged.Id.ToString(), reply, StringComparison.Ordinal);
        Assert.Empty(await MailboxOf.FindAsync(lab, Anna, "INBOX", "refused decide"));
    }

    [Fact]
    public async Task A_quarantined_message_is_accepted_kept_by_Weir_and_not_delivered()
    {
        await lab.RequireAsync();
        await using var weir = await WeirHost.StartAsync(lab);

        var reply = await Sender.SendAsync(lab.Smtp, Sender.Mail("caught decide: quarantine"), "stranger@good.example", Anna);
        await Sender.SendAsync(lab.Smtp, Sender.Mail("comes after"), "stranger@good.example", Anna);

        Assert.StartsWith("250", reply, StringComparison.Ordinal);
        await DeliveredAsync(weir, Anna);
        Assert.Empty(await MailboxOf.FindAsync(lab, Anna, "INBOX", "caught decide"));
        var received = (await weir.FactsAsync(facts => facts.OfType<MessageReceived>().Any())).OfType<MessageReceived>().First();
        Assert.NotNull(await weir.Get<Weir.Storage.Contracts.IBlobs>().ReadAsync(new(received.BlobId), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Some_recipients_are_removed_even_a_list_and_the_others_get_it()
    {
        await lab.RequireAsync();
        await using var weir = await WeirHost.StartAsync(lab);

        var reply = await Sender.SendAsync(lab.Smtp, Sender.Mail("for some decide: all=quarantine emil=reject"), "stranger@good.example", "dora@corp.example", "all@corp.example", "emil@corp.example");

        Assert.StartsWith("250", reply, StringComparison.Ordinal);
        await DeliveredAsync(weir, "dora@corp.example");
        Assert.Single(await MailboxOf.FindAsync(lab, "dora@corp.example", "INBOX", "for some decide"));
        Assert.Empty(await MailboxOf.FindAsync(lab, Anna, "INBOX", "for some decide"));
        Assert.Empty(await MailboxOf.FindAsync(lab, "emil@corp.example", "INBOX", "for some decide"));
    }

    [Fact]
    public async Task Junk_for_all_is_filed_into_Junk_by_the_delivery_rule()
    {
        await lab.RequireAsync();
        await using var weir = await WeirHost.StartAsync(lab);

        await Sender.SendAsync(lab.Smtp, Sender.Mail("unwanted decide: junk"), "stranger@good.example", Anna);

        var delivery = await DeliveredAsync(weir, Anna);
        Assert.Equal("Junk folder", delivery.Location);
        Assert.Equal("Junk", delivery.Folder);
        Assert.Equal("dovecot", delivery.Source);
        Assert.Single(await MailboxOf.FindAsync(lab, Anna, "Junk", "unwanted decide"));
    }

    [Fact]
    public async Task Junk_for_some_is_delivered_to_all_and_the_record_says_for_whom_it_is_junk()
    {
        await lab.RequireAsync();
        await using var weir = await WeirHost.StartAsync(lab);

        await Sender.SendAsync(lab.Smtp, Sender.Mail("half decide: anna=junk"), "stranger@good.example", Anna, Ben);

        Assert.Equal("Inbox/folder", (await DeliveredAsync(weir, Anna)).Location);
        var judged = (await weir.FactsAsync(facts => facts.OfType<MessageJudged>().Any())).OfType<MessageJudged>().Single();
        Assert.Equal(["Junk", "Deliver"], judged.Recipients.Select(recipient => recipient.Decision));
    }

    [Fact]
    public async Task While_Weir_is_down_the_sender_is_told_to_try_again()
    {
        await lab.RequireAsync();
        await using (await WeirHost.StartAsync(lab))
        {
            // Up once, so that the address was right.
        }

        var conversation = await Sender.SwaksAsync(lab.Smtp, "--from", "stranger@good.example", "--to", Anna, "--header", "Subject: nobody looks");

        Assert.Contains("451 4.7.1", conversation, StringComparison.Ordinal);
        Assert.DoesNotContain("queued as", conversation, StringComparison.Ordinal);
        Assert.Empty(await MailboxOf.FindAsync(lab, Anna, "INBOX", "nobody looks"));
    }

    [Fact]
    public async Task What_cannot_be_judged_is_not_accepted()
    {
        await lab.RequireAsync();
        await using var weir = await WeirHost.StartAsync(lab);

        var reply = await Sender.SendAsync(lab.Smtp, Sender.Mail("cannot decide: break"), "stranger@good.example", Anna);

        Assert.StartsWith("451 4.7.1", reply, StringComparison.Ordinal);
        Assert.Equal(0, weir.Get<IEventLog>().Last);
        Assert.Empty(await MailboxOf.FindAsync(lab, Anna, "INBOX", "cannot decide"));
    }

    [Fact]
    public async Task Where_the_administrator_chose_so_it_is_delivered_unscanned_and_recorded()
    {
        await lab.RequireAsync();
        await using var weir = await WeirHost.StartAsync(lab, settings: new() { ["milter:onFailure"] = "accept" });

        var reply = await Sender.SendAsync(lab.Smtp, Sender.Mail("let through decide: break"), "stranger@good.example", Anna);

        Assert.StartsWith("250", reply, StringComparison.Ordinal);
        var delivery = await DeliveredAsync(weir, Anna);
        var arrived = Assert.Single(await MailboxOf.FindAsync(lab, Anna, "INBOX", "let through decide"));
        Assert.Equal(delivery.Id.ToString(), arrived.Headers["X-Weir-Id"]?.Trim());
    }

    private static async Task<DeliveryObserved> DeliveredAsync(WeirHost weir, string recipient) =>
        (await weir.FactsAsync(facts => facts.OfType<DeliveryObserved>().Any(delivery => delivery.Recipient == recipient))).OfType<DeliveryObserved>().First(delivery => delivery.Recipient == recipient);
}
