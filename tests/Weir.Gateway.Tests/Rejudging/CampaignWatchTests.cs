using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Weir.Detection.Contracts;
using Weir.Events.Contracts;
using Weir.Gateway.Rejudging;
using Weir.Gateway.Tests.Support;
using Weir.Storage.Contracts;

namespace Weir.Gateway.Tests.Rejudging;

public sealed class CampaignWatchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_message_that_is_like_a_campaign_is_judged_again_once()
    {
        await using var archive = new Archive();
        var alike = await archive.AcceptAsync(Some.Incoming());
        await archive.AcceptAsync(Some.Incoming(id: "<2@good.example>"));
        archive.Judge.Says = _ => new Judgement { Verdict = Verdict.Phish, Threats = [ThreatType.Phish], Confidence = "High", Score = 5 };
        archive.Clock.Advance(TimeSpan.FromMinutes(1));
        using var watch = WatchOf(archive);
        await watch.StartAsync(TestContext.Current.CancellationToken);
        await UntilAsync(archive, () => File.Exists(archive.PathOf("campaigns-seen")));

        await archive.Log.AppendAsync([Joined(alike.Id, isLookalike: true), Joined(alike.Id, isLookalike: false)], Token);
        await UntilAsync(archive, () => archive.Judge.Asked == 3);
        await UntilAsync(archive, () => File.ReadAllText(archive.PathOf("campaigns-seen")) != "4");
        await watch.StopAsync(Token);

        using var again = WatchOf(archive);
        await again.StartAsync(Token);
        for (var i = 0; i < 20; i++)
        {
            archive.Show();
            archive.Clock.Advance(CampaignWatch.LookEvery);
            await Task.Delay(10, Token);
        }

        await again.StopAsync(Token);
        Assert.Equal(3, archive.Judge.Asked);
        Assert.Equal(("it is like mail of the campaign Parcel fee", "Campaign"), Assert.Single((await archive.FactsAsync()).OfType<RejudgingEnded>()) is var ended ? (ended.Reason, ended.About) : default);
    }

    private static CampaignWatch WatchOf(Archive archive) => new(
        archive.Log, archive.Rejudgings, Options.Create(new RejudgingOptions()), new DataDirectory(Path.GetDirectoryName(Path.GetDirectoryName(archive.PathOf("x")))!), archive.Clock, NullLogger<CampaignWatch>.Instance);

    private static async Task UntilAsync(Archive archive, Func<bool> condition)
    {
        while (!condition())
        {
            archive.Show();
            archive.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10, Token);
        }
    }

    private static CampaignJoined Joined(Weir.Kernel.NetworkMessageId id, bool isLookalike) =>
        new() { At = Door.Morning, CampaignId = "01900000-0000-7000-8000-00000000000c", Id = id, IsLookalike = isLookalike, Name = "Parcel fee" };
}
