using System.Net;
using Weir.Events.Contracts;
using Weir.Portal.Emails;
using Weir.Portal.Explorer;
using Weir.Portal.Tests.Support;

namespace Weir.Portal.Tests.Emails;

public sealed class TimelineTests : IAsyncLifetime
{
    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await PortalHost.StartAsync(50);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("", 3)]
    [InlineData(" zap ", 1)]
    [InlineData("quarantine", 2)]
    [InlineData("nothing of it", 0)]
    public void Words_are_found_in_all_that_is_shown(string words, int count) => Assert.Equal(count, TimelineText.Find(
        [
            new(default, "System", "Original delivery", "Inbox/folder – Delivered", "", ""),
            new(default, "System", "ZAP", "Quarantine – Success", "Phish", ""),
            new(default, "Admin", "Quarantine release", "Success", "", "by Mara"),
        ], words).Count);

    [Theory]
    [InlineData("", 5)]
    [InlineData("&find=soft", 1)]
    public async Task The_timeline_is_a_file_of_what_is_shown(string find, int entries)
    {
        using var reader = await SignedIn.AsAsync(_host, "reader", Token);

        using var answer = await reader.Client.GetAsync($"/email/{FakeMail.IdOf(3)}/timeline.csv?recipient=i.garcia@weir.example{find}", Token);
        var lines = (await answer.Content.ReadAsStringAsync(Token)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Time (UTC),Source,Event,Result,Threats,Details", lines[0]);
        Assert.Equal(entries, lines.Length - 1);
        Assert.Contains(_host.Accounts.Records, record => record is { CallerId: "reader", Entry: { Operation: "ExportTimeline" } entry } && entry.Target == FakeMail.IdOf(3));
    }

    [Fact]
    public void A_message_that_was_clean_and_is_judged_again_has_each_verdict_with_its_own_threat()
    {
        var morning = new DateTime(2026, 11, 24, 8, 0, 0, DateTimeKind.Utc);
        var mail = new Answer([new("Timestamp", "datetime"), new("RecipientEmailAddress", "string"), new("ThreatTypes", "string"), new("OriginalThreatTypes", "string")], [[morning, "anna@corp.example", "Phish", ""]]) { At = new DateTimeOffset(morning) };
        var told = new Answer([new("Timestamp", "datetime"), new("Event", "string"), new("Result", "string")], [[morning, "Judged", "Clean"], [morning.AddHours(3), "Judged", "High confidence phish"]]) { At = new DateTimeOffset(morning) };

        var entries = TimelineText.Of(Rows(mail)[0], Rows(told), [], []);

        Assert.Equal([("Clean", ""), ("High confidence phish", "Phish")], entries.Select(entry => (entry.Result, entry.Threats)));
    }

    private static List<MailRow> Rows(Answer answer) => [.. answer.Rows.Select(cells => new MailRow(answer, cells, TimeZoneInfo.Utc))];

    [Fact]
    public async Task A_message_that_is_not_there_has_no_file()
    {
        using var reader = await SignedIn.AsAsync(_host, "reader", Token);

        using var answer = await reader.Client.GetAsync($"/email/{FakeMail.IdOf(3)}/timeline.csv?recipient=nobody@weir.example", Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
