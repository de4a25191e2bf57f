using Weir.Events.Contracts;
using Weir.Response.AfterDelivery;
using Weir.Response.Contracts;
using Weir.Response.Tests.Support;
using static Weir.Response.Tests.Support.World;

namespace Weir.Response.Tests.AfterDelivery;

/// <summary>Weir stands beside the mail server and gets copies: what is bad lies in the mailbox already.</summary>
public sealed class ZapAfterCopyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Quarantine", "", "Moved to quarantine", "Quarantine")]
    [InlineData("Reject", "", "Moved to quarantine", "Quarantine")]
    [InlineData("Junk", "Junk", "Moved to junk folder", "Junk folder")]
    public async Task What_policy_would_have_done_at_the_door_is_done_in_the_mailbox(string decision, string where, string action, string location)
    {
        await using var world = await MakeAsync();
        var ann = await world.MailAsync("ann@corp.example");

        await FollowAsync(world, Received(ann), Judged(ann, "After delivery", decision));
        await FollowAsync(world);

        Assert.Equal(where, await world.WhereAsync(ann));
        var fact = Assert.Single(world.Log.Acted);
        Assert.Equal((action, "Phish ZAP", "Success", location), (fact.Action, fact.ActionType, fact.ActionResult, fact.Location));
    }

    [Theory]
    [InlineData("Watch only", "Quarantine", 0, "journal")]
    [InlineData("After delivery", "Deliver", 0, "journal")]
    [InlineData("After delivery", "Quarantine", 2, "journal")]
    [InlineData("After delivery", "Quarantine", 0, "import")]
    public async Task Nothing_is_touched_while_Weir_watches_nor_good_mail_nor_mail_of_long_ago_nor_an_archive(string held, string decision, int daysLater, string door)
    {
        await using var world = await MakeAsync();
        var ann = await world.MailAsync("ann@corp.example");
        world.Time.Advance(TimeSpan.FromDays(daysLater));

        await FollowAsync(world, Received(ann, door), Judged(ann, held, decision));

        Assert.Equal(("Inbox", 0), (await world.WhereAsync(ann), world.Jobs.Count));
    }

    [Fact]
    public async Task Nothing_is_touched_while_automation_is_stopped()
    {
        await using var world = await MakeAsync();
        var ann = await world.MailAsync("ann@corp.example");
        await world.Automation.SetAsync(Operator, isOn: false, Token);

        await FollowAsync(world, Received(ann), Judged(ann, "After delivery", "Quarantine"));

        Assert.Equal("Inbox", await world.WhereAsync(ann));
        Assert.Empty(world.Log.Acted);
    }

    private static async Task FollowAsync(World world, params Fact[] facts)
    {
        world.Log.Facts.AddRange(facts);
        await world.Hosted<ZapAfterCopy>().FollowAsync(Token);
        await world.RunJobsAsync();
    }

    private static MessageReceived Received(MessageTarget target, string door = "journal") =>
        new() { At = target.Timestamp, Id = target.Id, Door = door, Envelope = new RecordedEnvelope(), BlobId = "blob1" };

    private static MessageJudged Judged(MessageTarget target, string held, string decision) => new()
    {
        At = Noon,
        Id = target.Id,
        ReceivedAt = target.Timestamp,
        Verdict = "High confidence phish",
        Recipients = [new RecordedRecipient { Address = target.Recipient, Decision = "Deliver", Held = held, WouldDecide = decision }],
    };
}
