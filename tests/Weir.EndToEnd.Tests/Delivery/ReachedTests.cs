using Weir.Access.Contracts;
using Weir.Directory.Contracts;
using Weir.EndToEnd.Tests.Support;
using Weir.Events.Contracts;

namespace Weir.EndToEnd.Tests.Delivery;

/// <summary>Who really received a message, told by Postfix and Dovecot.</summary>
public sealed class ReachedTests(Lab lab)
{
    [Fact]
    public async Task Through_a_list_every_member_is_reached_and_the_list_is_named()
    {
        await lab.RequireAsync();
        await using var weir = await WeirHost.StartAsync(lab);
        await KnowListAsync(weir, "everyone@corp.example", "anna@corp.example;ben@corp.example;clara@corp.example;dora@corp.example");

        await Sender.SendAsync(lab.Smtp, Sender.Mail("to everyone"), "stranger@good.example", "everyone@corp.example");

        var reached = Deliveries(await weir.FactsAsync(facts => Deliveries(facts).Count >= 4));
        Assert.Equal(["anna@corp.example", "ben@corp.example", "clara@corp.example", "dora@corp.example"], reached.Select(delivery => delivery.Recipient).Order(StringComparer.Ordinal));
        Assert.All(reached, delivery => Assert.Equal("everyone@corp.example", delivery.DistributionList));
        Assert.All(reached, delivery => Assert.Equal("everyone@corp.example", delivery.OriginalRecipient));
        Assert.All(reached, delivery => Assert.Equal(("Inbox/folder", "INBOX", "dovecot"), (delivery.Location, delivery.Folder, delivery.Source)));
    }

    [Fact]
    public async Task A_local_alias_that_gets_a_queue_id_of_its_own_is_followed()
    {
        await lab.RequireAsync();
        await using var weir = await WeirHost.StartAsync(lab);

        await Sender.SendAsync(lab.Smtp, Sender.Mail("to the team"), "stranger@good.example", "team@lists.lab.example");

        var facts = await weir.FactsAsync(facts => Deliveries(facts).DistinctBy(delivery => delivery.Recipient).Count() >= 2 && Deliveries(facts).Exists(delivery => delivery.DistributionList.Length > 0));
        var id = facts.OfType<MessageReceived>().Single().Id;
        Assert.All(Deliveries(facts), delivery => Assert.Equal((id, "team@lists.lab.example"), (delivery.Id, delivery.OriginalRecipient)));
    }

    [Fact]
    public async Task Through_an_alias_the_mailbox_is_reached_and_no_list_is_named()
    {
        await lab.RequireAsync();
        await using var weir = await WeirHost.StartAsync(lab);

        await Sender.SendAsync(lab.Smtp, Sender.Mail("[project] to sales"), "stranger@good.example", "sales@corp.example");

        var delivery = Assert.Single(Deliveries(await weir.FactsAsync(facts => Deliveries(facts).Count > 0)));
        Assert.Equal(("ben@corp.example", "sales@corp.example", ""), (delivery.Recipient, delivery.OriginalRecipient, delivery.DistributionList));
        Assert.Equal(("Inbox/folder", "Projects"), (delivery.Location, delivery.Folder));
    }

    [Fact]
    public async Task A_copy_that_goes_outside_is_external_and_says_who_forwards()
    {
        await lab.RequireAsync();
        await using var weir = await WeirHost.StartAsync(lab);

        await Sender.SendAsync(lab.Smtp, Sender.Mail("to emil"), "stranger@good.example", "emil@corp.example");

        var reached = Deliveries(await weir.FactsAsync(facts => Deliveries(facts).Count >= 2));
        var outside = Assert.Single(reached, delivery => delivery.Recipient == "emil@outside.example");
        Assert.Equal("On-premises/external", outside.Location);
        Assert.Contains("emil@corp.example", outside.Forwarding, StringComparison.Ordinal);
        Assert.Equal("", outside.DistributionList);
        var own = Assert.Single(reached, delivery => delivery.Recipient == "emil@corp.example");
        Assert.Equal(("Inbox/folder", "", ""), (own.Location, own.DistributionList, own.Forwarding));
    }

    [Fact]
    public async Task A_full_mailbox_is_a_failure_with_the_servers_reply()
    {
        await lab.RequireAsync();
        await using var weir = await WeirHost.StartAsync(lab);

        await Sender.SendAsync(lab.Smtp, Sender.Mail("to frida"), "stranger@good.example", "frida@corp.example");

        var delivery = Assert.Single(Deliveries(await weir.FactsAsync(facts => Deliveries(facts).Count > 0)));
        Assert.Equal("Failed", delivery.Location);
        Assert.Contains("552 5.2.2", delivery.Reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipient_that_Postfix_refuses_is_recorded_once_with_the_reply()
    {
        await lab.RequireAsync();
        await using var weir = await WeirHost.StartAsync(lab);

        await Sender.SendAsync(lab.Smtp, Sender.Mail("one is unknown"), "stranger@good.example", "nobody@corp.example", "anna@corp.example");

        var facts = await weir.FactsAsync(facts => facts.OfType<RecipientRefused>().Any() && Deliveries(facts).Count > 0);
        var refused = Assert.Single(facts.OfType<RecipientRefused>());
        Assert.Equal(("stranger@good.example", "nobody@corp.example", "127.0.0.1"), (refused.MailFrom, refused.Recipient, refused.ClientIp));
        Assert.StartsWith("550 5.1.1", refused.Reply, StringComparison.Ordinal);
        Assert.Equal(["anna@corp.example"], facts.OfType<MessageReceived>().Single().Envelope.Recipients);
    }

    [Fact]
    public async Task Without_a_reader_the_record_says_that_delivery_is_assumed()
    {
        await lab.RequireAsync();
        await using var weir = await WeirHost.StartAsync(lab, settings: new() { ["delivery:postfixLog"] = "", ["delivery:dovecotSpool"] = "" });

        await Sender.SendAsync(lab.Smtp, Sender.Mail("assumed"), "stranger@good.example", "anna@corp.example");

        var delivery = Assert.Single(Deliveries(await weir.FactsAsync(facts => Deliveries(facts).Count > 0)));
        Assert.Equal(("anna@corp.example", "Inbox/folder", "assumed"), (delivery.Recipient, delivery.Location, delivery.Source));
    }

    [Fact]
    public async Task Deliveries_made_while_Weir_was_stopped_are_read_afterwards()
    {
        await lab.RequireAsync();
        var data = new Weir.Storage.Contracts.DataDirectory(TestRun.NewFolder("e2e"));
        try
        {
            // Slow reading: it stops before it has seen the delivery.
            await using (var first = await WeirHost.StartAsync(lab, settings: new() { ["delivery:readEvery"] = "01:00:00" }, data: data))
            {
                await Sender.SendAsync(lab.Smtp, Sender.Mail("read later"), "stranger@good.example", "anna@corp.example");
            }

            await using var second = await WeirHost.StartAsync(lab, data: data);

            var facts = await second.FactsAsync(facts => Deliveries(facts).Count > 0);
            Assert.Equal(facts.OfType<MessageReceived>().Single().Id, Deliveries(facts).Single().Id);
        }
        finally
        {
            System.IO.Directory.Delete(data.Path, recursive: true);
        }
    }

    private static List<DeliveryObserved> Deliveries(IReadOnlyList<Fact> facts) => [.. facts.OfType<DeliveryObserved>()];

    private static async Task KnowListAsync(WeirHost weir, string address, string members)
    {
        var folder = TestRun.NewFolder("csv");
        await File.WriteAllTextAsync(Path.Combine(folder, "domains.csv"), "domain\ncorp.example\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "people.csv"), "address,objectId,displayName\nanna@corp.example,1,Anna\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "lists.csv"), $"address,displayName,members\n{address},A list,{members}\n", TestContext.Current.CancellationToken);
        var problems = await weir.Get<IDirectory>().ImportCsvAsync(Caller.System("test", Enum.GetValues<Permission>()), folder, TestContext.Current.CancellationToken);
        System.IO.Directory.Delete(folder, recursive: true);
        Assert.Empty(problems);
    }
}
