using Weir.Events.Contracts;
using Weir.Response.Campaigns;
using Weir.Response.Tests.Support;
using static Weir.Response.Tests.Campaigns.Waves;

namespace Weir.Response.Tests.Campaigns;

public sealed class CampaignReaderTests
{
    private const string Page = "https://pay.parcel-fee.example/de/invoice/";

    [Fact]
    public async Task What_the_grouping_decides_is_written_once()
    {
        await using var world = await World.MakeAsync();
        world.Log.Facts.AddRange([Copy(1, "Clean"), Copy(2, "Phish"), Letter(3), Copy(4, "Phish")]);

        await FollowAsync(world);
        await world.RestartAsync();
        await FollowAsync(world);

        Assert.Equal([Id(2), Id(1), Id(4)], world.Log.Facts.OfType<CampaignJoined>().Select(joined => joined.Id));
        Assert.Single(world.Log.Facts.OfType<CampaignJoined>().Select(joined => joined.CampaignId).Distinct(StringComparer.Ordinal));
        Assert.Single(world.Log.Facts.OfType<CampaignChanged>());
    }

    [Fact]
    public async Task A_kill_at_any_step_gives_the_same_campaigns_and_later_mail_joins_them()
    {
        for (var (step, wasKilled) = (0, true); wasKilled;)
        {
            await using var world = await World.MakeAsync();
            world.Log.Facts.AddRange([Copy(1, "Clean"), Copy(2, "Phish"), Letter(3), Copy(4, "Phish")]);
            world.Steps.KillAt = world.Steps.Count + ++step;
            try
            {
                await FollowAsync(world);
                wasKilled = false;
                world.Steps.KillAt = 0;
            }
            catch (Exception problem) when (problem is KilledException || problem.InnerException is KilledException)
            {
                await world.RestartAsync();
            }

            world.Log.Facts.Add(Copy(5, "Phish"));
            await FollowAsync(world);
            world.Log.Facts.Add(Copy(6, "Clean"));
            await FollowAsync(world);

            Assert.Equal([Id(2), Id(1), Id(4), Id(5), Id(6)], world.Log.Facts.OfType<CampaignJoined>().Select(joined => joined.Id));
            Assert.Single(world.Log.Facts.OfType<CampaignJoined>().Select(joined => joined.CampaignId).Distinct(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task After_thousands_of_facts_the_cursor_is_stored_and_a_campaign_of_before_it_goes_on()
    {
        await using var world = await World.MakeAsync();
        world.Log.Facts.AddRange([Copy(1, "Phish"), Copy(2, "Phish"), .. Enumerable.Range(10, 1_200).Select(number => Letter(number, "Clean"))]);
        await FollowAsync(world);
        var id = Assert.Single(world.Log.Facts.OfType<CampaignJoined>().Select(joined => joined.CampaignId).Distinct(StringComparer.Ordinal));

        await world.RestartAsync();
        world.Log.Facts.Add(Copy(5, "Phish"));
        await FollowAsync(world);

        Assert.Equal([Id(1), Id(2), Id(5)], world.Log.Facts.OfType<CampaignJoined>().Select(joined => joined.Id));
        Assert.Equal(id, world.Log.Facts.OfType<CampaignJoined>().Last().CampaignId);
    }

    private static MessageJudged Copy(int number, string verdict) => Letter(number, verdict, minute: number) with { EmailClusterId = Body(50), Urls = [Link(Page + number)] };

    private static Task FollowAsync(World world) => world.Hosted<CampaignReader>().FollowAsync(world.Log.ReadAsync, TestContext.Current.CancellationToken);
}
