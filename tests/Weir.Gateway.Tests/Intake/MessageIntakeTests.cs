using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Gateway.Delivery;
using Weir.Gateway.Tests.Support;

namespace Weir.Gateway.Tests.Intake;

public sealed class MessageIntakeTests
{
    [Fact]
    public async Task A_message_is_received_and_judged_in_one_commit()
    {
        using var door = new Door();

        var accepted = await door.AcceptAsync(Some.Incoming(queueId: "4D7B9B1EC04"));

        Assert.False(accepted.IsSecondSighting);
        Assert.Equal(1, door.Log.Commits);
        var received = Assert.IsType<MessageReceived>(door.Log.Facts[0]);
        var judged = Assert.IsType<MessageJudged>(door.Log.Facts[1]);
        Assert.Equal((accepted.Id, accepted.Id), (received.Id, judged.Id));
        Assert.Equal(("<1@good.example>", "4D7B9B1EC04", Door.Morning), (received.InternetMessageId, received.Envelope.QueueId, received.At));
        Assert.Equal(64, received.Sha256.Length);
        Assert.NotEqual(received.Sha256, received.BodySha256);
    }

    [Fact]
    public async Task The_permission_is_required()
    {
        using var door = new Door();

        await Assert.ThrowsAsync<AccessDeniedException>(async () =>
            await door.Intake.AcceptAsync(Caller.System("reader", Permission.EmailMetadataRead), [Some.Incoming()], TestContext.Current.CancellationToken));

        Assert.Empty(door.Log.Facts);
    }

    [Fact]
    public async Task The_same_body_Message_ID_and_recipient_within_a_day_is_seen_and_not_a_second_message()
    {
        using var door = new Door();
        var first = await door.AcceptAsync(Some.Incoming());
        door.Clock.Advance(TimeSpan.FromHours(23));

        var second = await door.AcceptAsync(Some.Incoming(queueId: "5964AB1ECD2", header: "X-Added: 1\r\n"));

        Assert.True(second.IsSecondSighting);
        Assert.Equal((first.Id, first.Id), (second.Id, second.Judged.Id));
        var seen = Assert.IsType<MessageSeen>(door.Log.Facts[^1]);
        Assert.Equal((first.Id, "5964AB1ECD2"), (seen.Id, seen.QueueId));
        Assert.Single(door.Log.Facts.OfType<MessageReceived>());
    }

    [Theory]
    [InlineData("<2@good.example>", "Hello.", "anna@corp.example", 0)]
    [InlineData("<1@good.example>", "Hello!", "anna@corp.example", 0)]
    [InlineData("<1@good.example>", "Hello.", "ben@corp.example", 0)]
    [InlineData("<1@good.example>", "Hello.", "anna@corp.example", 25)]
    [InlineData("", "Hello.", "anna@corp.example", 0)]
    public async Task What_differs_is_a_message_of_its_own(string id, string body, string to, int hoursLater)
    {
        using var door = new Door();
        await door.AcceptAsync(Some.Incoming(id.Length == 0 ? "" : "<1@good.example>"));
        door.Clock.Advance(TimeSpan.FromHours(hoursLater));

        var second = await door.AcceptAsync(Some.Incoming(id, body, to: to));

        Assert.False(second.IsSecondSighting);
        Assert.Equal(2, door.Log.Facts.OfType<MessageReceived>().Count());
    }

    [Fact]
    public async Task A_second_copy_for_more_recipients_is_a_message_of_its_own()
    {
        using var door = new Door();
        await door.AcceptAsync(Some.Incoming());

        var second = await door.AcceptAsync(Some.Incoming(to: ["anna@corp.example", "ben@corp.example"]));

        Assert.False(second.IsSecondSighting);
    }

    [Fact]
    public async Task After_a_restart_the_same_message_is_still_known()
    {
        using var door = new Door();
        var first = await door.AcceptAsync(Some.Incoming());
        using var restarted = new Door(door.Log);

        var second = await restarted.AcceptAsync(Some.Incoming());

        Assert.Equal((true, first.Id), (second.IsSecondSighting, second.Id));
    }

    [Fact]
    public async Task Weirs_own_id_is_believed_from_an_import_and_not_from_a_stranger()
    {
        using var door = new Door();
        var first = await door.AcceptAsync(Some.Incoming("<1@good.example>"));
        var stamp = $"X-Weir-Id: {first.Id}\r\n";

        var imported = await door.AcceptAsync(Some.Incoming("<other@id>", door: "import", header: stamp, to: "member@corp.example"));
        var forged = await door.AcceptAsync(Some.Incoming("<another@id>", header: stamp, to: "victim@corp.example"));

        Assert.Equal((true, first.Id), (imported.IsSecondSighting, imported.Id));
        Assert.False(forged.IsSecondSighting);
    }

    [Fact]
    public async Task Messages_that_come_together_share_commits_and_none_is_lost()
    {
        using var door = new Door();

        var accepted = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => door.AcceptAsync(Some.Incoming($"<{i}@good.example>"))));

        Assert.Equal(200, accepted.Select(message => message.Id).Distinct().Count());
        Assert.Equal(200, door.Log.Facts.OfType<MessageJudged>().Count());
        Assert.InRange(door.Log.Commits, 1, 199);
        Assert.Equal(door.Log.Commits, door.Blobs.Commits);
    }

    [Fact]
    public async Task The_same_message_ten_times_at_once_is_one_message()
    {
        using var door = new Door();

        var accepted = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => door.AcceptAsync(Some.Incoming())));

        Assert.Single(accepted.Select(message => message.Id).Distinct());
        Assert.Single(door.Log.Facts.OfType<MessageReceived>());
        Assert.Equal(9, door.Log.Facts.OfType<MessageSeen>().Count());
    }

    [Fact]
    public async Task When_the_disk_fails_every_door_that_waits_hears_of_it()
    {
        using var door = new Door();
        door.Log.Fails = new IOException("No space left.");

        var waiting = Enumerable.Range(0, 5).Select(i => door.AcceptAsync(Some.Incoming($"<{i}@good.example>"))).ToList();

        foreach (var one in waiting)
        {
            await Assert.ThrowsAsync<IOException>(() => one);
        }

        door.Log.Fails = null;
        Assert.False((await door.AcceptAsync(Some.Incoming("<0@good.example>"))).IsSecondSighting);
    }

    [Fact]
    public async Task Without_a_reader_of_the_mail_servers_log_delivery_is_assumed()
    {
        using var door = new Door(judge: new OneJudge(Weir.Detection.Contracts.DeliveryDecision.Junk), delivery: new DeliveryOptions());

        await door.AcceptAsync(Some.Incoming());

        var assumed = Assert.Single(door.Log.Facts.OfType<DeliveryObserved>());
        Assert.Equal(("anna@corp.example", "Junk folder", "assumed"), (assumed.Recipient, assumed.Location, assumed.Source));
    }

    [Fact]
    public async Task What_was_kept_unjudged_is_judged_once_after_the_next_start()
    {
        using var door = new Door();
        await door.Intake.KeepUnjudgedAsync(Some.Incoming(), TestContext.Current.CancellationToken);
        Assert.Single(door.Log.Facts);

        await door.Unjudged.StartAsync(TestContext.Current.CancellationToken);
        while (door.Log.Facts.Count < 2)
        {
            await Task.Yield();
        }

        await door.Unjudged.StopAsync(TestContext.Current.CancellationToken);
        Assert.Empty(door.Source.Known.Unjudged);
        Assert.Equal(((MessageReceived)door.Log.Facts[0]).Id, Assert.IsType<MessageJudged>(door.Log.Facts[1]).Id);
    }
}
