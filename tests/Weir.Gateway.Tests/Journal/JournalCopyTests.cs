using Microsoft.Extensions.Options;
using System.Net;
using Weir.Gateway.Journal;
using Weir.Gateway.Tests.Support;
using Weir.Mail.Contracts;

namespace Weir.Gateway.Tests.Journal;

public sealed class JournalCopyTests
{
    private static readonly JournalAddresses Addresses = new(Options.Create(new JournalOptions { Addresses = ["journal@corp.example", "@journal.example"] }));

    [Theory]
    [InlineData("Journal@corp.example", true)]
    [InlineData("anyone@journal.example", true)]
    [InlineData("anna@corp.example", false)]
    public void The_journals_own_addresses_are_nobodys_mailbox(string address, bool isJournal) => Assert.Equal(isJournal, Addresses.Contains(address));

    [Fact]
    public void A_copy_to_a_mailbox_and_one_that_names_it_are_for_that_mailbox()
    {
        var copy = Of(Some.Raw(), "anna@corp.example", "ben=corp.example@journal.example", "journal@corp.example");

        Assert.Equal(["anna@corp.example", "ben@corp.example"], copy.Envelope.Recipients);
        Assert.False(copy.AreRecipientsGuessed);
    }

    [Fact]
    public void A_copy_to_the_journal_alone_is_for_whom_the_message_names_and_says_that_this_is_a_guess()
    {
        var copy = Of(Some.Raw(), "journal@corp.example");

        Assert.Equal(["anna@corp.example"], copy.Envelope.Recipients);
        Assert.True(copy.AreRecipientsGuessed);
    }

    [Fact]
    public void A_message_that_names_nobody_is_still_somebodys() =>
        Assert.Equal(["journal@corp.example"], Of("Subject: Hello\r\n\r\n"u8.ToArray(), "journal@corp.example").Envelope.Recipients);

    [Fact]
    public void The_queue_id_is_read_from_Postfix_own_field_when_it_was_not_said()
    {
        var raw = Some.Raw(header: "Received: from mail.good.example (mail.good.example [192.0.2.1])\r\n by mx.corp.example (Postfix) with ESMTPS id 4D7B9B1EC04\r\n for <anna@corp.example>; Mon, 2 Nov 2026 08:00:00 +0000 (UTC)\r\n");

        Assert.Equal("4D7B9B1EC04", Of(raw, "anna@corp.example").Envelope.QueueId);
    }

    [Fact]
    public async Task One_message_by_milter_and_journal_is_one_and_the_copy_adds_whom_it_alone_names()
    {
        using var door = new Door();
        var first = await door.AcceptAsync(Some.Incoming());

        var copy = await door.AcceptAsync(Of(Some.Raw(header: $"X-Added: 1\r\n"), "anna@corp.example", "ben@corp.example"));

        Assert.Equal((first.Id, true), (copy.Id, copy.IsSecondSighting));
        Assert.Equal(["anna@corp.example", "ben@corp.example"], Assert.Single(door.Log.Facts.OfType<Weir.Events.Contracts.MessageSeen>()).Recipients);
    }

    [Fact]
    public async Task Recipients_that_were_guessed_add_nobody_to_a_message_that_is_known()
    {
        using var door = new Door();
        var first = await door.AcceptAsync(Some.Incoming(to: ["anna@corp.example"]));

        await door.AcceptAsync(Of(Some.Raw(header: $"X-Weir-Id: {first.Id}\r\n"), "journal@corp.example"));

        Assert.Empty(Assert.Single(door.Log.Facts.OfType<Weir.Events.Contracts.MessageSeen>()).Recipients);
    }

    [Fact]
    public async Task When_the_copy_came_first_the_milters_decision_is_recorded_when_it_is_made()
    {
        using var door = new Door(judge: new OneJudge(Weir.Detection.Contracts.DeliveryDecision.Quarantine));
        var copy = await door.AcceptAsync(Of(Some.Raw(), "anna@corp.example"));
        door.Clock.Advance(TimeSpan.FromSeconds(1));

        var decided = await door.AcceptAsync(Some.Incoming());

        Assert.Equal(copy.Id, decided.Id);
        Assert.Equal(["Deliver", "Quarantine"], door.Log.Facts.OfType<Weir.Events.Contracts.MessageJudged>().Select(judged => judged.Recipients[0].Decision));
        Assert.Single(door.Log.Facts.OfType<Weir.Events.Contracts.MessageReceived>());
    }

    [Fact]
    public void Clients_are_addresses_and_networks_and_anything_else_is_refused_by_name()
    {
        var clients = new ClientNetworks(["127.0.0.0/8", "::1", "192.0.2.7"]);

        Assert.True(clients.Contains(new IPEndPoint(IPAddress.Parse("127.3.2.1"), 1)));
        Assert.True(clients.Contains(new IPEndPoint(IPAddress.Parse("::ffff:192.0.2.7"), 1)));
        Assert.False(clients.Contains(new IPEndPoint(IPAddress.Parse("192.0.2.8"), 1)));
        Assert.Contains("mx.corp.example", Assert.Throws<FormatException>(() => new ClientNetworks(["mx.corp.example"])).Message, StringComparison.Ordinal);
    }

    private static Weir.Gateway.Contracts.IncomingMessage Of(byte[] raw, params string[] to) =>
        JournalCopy.Of(raw, new Envelope { MailFrom = "stranger@good.example", Recipients = to }, Addresses, opensReports: false, new SmallOrganisation());
}
