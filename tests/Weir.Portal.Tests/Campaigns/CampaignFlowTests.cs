using System.Net;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Portal.Campaigns;
using Weir.Portal.Tests.Support;

namespace Weir.Portal.Tests.Campaigns;

/// <summary>The flow of a campaign and its report, from a real record.</summary>
public sealed class CampaignFlowTests : IAsyncLifetime
{
    private const string Campaign = "019a3333-0000-7000-8000-000000000001";

    private static readonly Caller Reader = new("reader", "Rea Der", new HashSet<Permission> { Permission.EmailMetadataRead });

    private RecordedMail _mail = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _mail = await RecordedMail.StartAsync(TimeProvider.System.GetUtcNow());
        await _mail.AppendAsync(
        [
            .. Enumerable.Range(1, 12).SelectMany(number => _mail.Mail(number, "ben@weir.example", number < 3 ? "" : "Phish", "mallory@evil.example", "<script>alert(1)</script>", $"203.0.113.{number}", url: "https://evil.example/pay")),
            .. _mail.Campaign(Campaign, "Phish.DHL.0001", "Phish", [.. Enumerable.Range(1, 12)]),
            _mail.Click(1, "https://evil.example/pay", "ben@weir.example"),
        ]);
    }

    public ValueTask DisposeAsync() => _mail.DisposeAsync();

    [Fact]
    public async Task It_leads_from_the_sender_to_the_click_and_every_layer_adds_up()
    {
        var flow = CampaignFlow.Of(await _mail.Questions.AskAsync(Reader, new Question(CampaignQuestions.Flow(Campaign)), Token))!;

        for (var layer = 0; layer < 4; layer++)
        {
            Assert.Equal(12, flow.Nodes.Where(node => node.Layer == layer).Sum(node => node.Value));
        }

        Assert.Equal(11, flow.Nodes.Count(node => node.Layer == 0));
        Assert.Equal(2, flow.Nodes.Single(node => node is { Layer: 0, Name: "Others" }).Value);
        Assert.Equal(["Detected 10", "Not detected 2"], flow.Nodes.Where(node => node.Layer == 2).Select(node => $"{node.Name} {node.Value}"));
        Assert.Equal(new FlowLink(3, "Inbox/folder", "Allowed", 1), flow.Links.Single(link => link.Layer == 3));
        Assert.Contains("Verdict: Detected 10, Not detected 2", flow.InWords, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_campaign_without_rows_has_no_flow() => Assert.Null(CampaignFlow.Of(await _mail.Questions.AskAsync(Reader, new Question(CampaignQuestions.Flow("x' or 1")), Token)));

    [Fact]
    public async Task The_report_has_every_table_as_text_and_is_audited()
    {
        await using var host = await PortalHost.StartAsync(_mail);
        using var reader = await SignedIn.AsAsync(host, "reader", Token);

        using var answer = await reader.Client.GetAsync($"/campaigns/{Campaign}/report", Token);
        var text = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal($"attachment; filename=campaign-{Campaign}.html", answer.Content.Headers.ContentDisposition?.ToString());
        Assert.DoesNotContain("<script>", text, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", text, StringComparison.Ordinal);
        Assert.All(CampaignQuestions.Tabs(Campaign), tab => Assert.Contains($"<h2>{tab.Name}</h2>", text, StringComparison.Ordinal));
        Assert.Contains("203.0.113.9", text, StringComparison.Ordinal);
        Assert.Contains(host.Accounts.Records, record => record is { CallerId: "reader", Entry: { Operation: "CampaignReport", Target: Campaign } });
        using var none = await reader.Client.GetAsync("/campaigns/unknown/report", Token);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }
}
