using Weir.Events;
using Weir.Events.Contracts;
using Weir.Portal.Campaigns;

namespace Weir.Portal.Tests.Campaigns;

public sealed class CampaignQuestionsTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider _services = new ServiceCollection().AddSingleton(TimeProvider.System).AddScratchStore().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData("", "")]
    [InlineData("Malware", "it's \\ \" | x")]
    public async Task The_list_and_one_campaign_can_be_asked(string type, string words)
    {
        Assert.Empty(CampaignQuestions.Campaigns(await AskAsync(CampaignQuestions.List("30d", type, words))));
        Assert.Empty(CampaignQuestions.Campaigns(await AskAsync(CampaignQuestions.One("x' or 1"))));
        Assert.Empty((await AskAsync(CampaignQuestions.MergedInto("x' or 1"))).Rows);
    }

    [Fact]
    public async Task Each_table_of_a_campaign_can_be_asked()
    {
        foreach (var tab in CampaignQuestions.Tabs("x' or 1"))
        {
            Assert.Empty((await AskAsync(tab.Kql)).Rows);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(200)]
    public async Task The_course_of_a_short_and_of_a_long_campaign_can_be_asked(int hours)
    {
        var answer = await AskAsync(CampaignQuestions.Chart(Some() with { Last = Now.AddHours(hours) }));

        Assert.Equal(("columnchart", "Start", "DeliveryAction", "Messages"), (answer.Render, answer.Columns[0].Name, answer.Columns[1].Name, answer.Columns[2].Name));
    }

    [Fact]
    public void A_row_of_the_list_tells_the_impact_and_how_long_it_lasted()
    {
        var answer = new Answer([], [["c1", "Phish.DHL.000c", "Your parcel", "Phish", "DHL", Now.UtcDateTime, Now.UtcDateTime.AddDays(3), 47L, 40L, 40L, 3L, 8L, 7L]]) { At = Now };

        var campaign = Assert.Single(CampaignQuestions.Campaigns(answer));

        Assert.Equal(("c1", "Phish.DHL.000c", 47L, 3L, 7L), (campaign.Id, campaign.Name, campaign.Messages, campaign.StillThere, campaign.Visited));
        Assert.Equal(("phish|Phish", "20 %", "3 days"), (campaign.Pill, campaign.ClickRate, campaign.Activity));
        Assert.Equal(("", "1 min"), ((Some() with { Type = "Malware" }).ClickRate, Some().Activity));
    }

    [Theory]
    [InlineData("Body", "0", "The same text")]
    [InlineData("Body", "2", "Nearly the same text (2 of the 64 bits of its fingerprint differ)")]
    [InlineData("Page", "evil.example/pay", "A link to the same page: evil.example/pay")]
    [InlineData("First", "", "The campaign begins with this message.")]
    public void What_two_messages_share_is_said_in_words(string kind, string value, string words) => Assert.Equal(words, new CampaignTie(kind, value, "").Words);

    private static CampaignRecord Some() => new("c1", "Phish.x", "", "Phish", "", Now, Now, 1, 1, 1, 1, 1, 1);

    private ValueTask<Answer> AskAsync(string kql) => new(_services.GetRequiredService<IScratchStore>().AskAsync(kql, Now, TestContext.Current.CancellationToken));
}
