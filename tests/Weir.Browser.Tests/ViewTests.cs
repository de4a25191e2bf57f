using Microsoft.Playwright;
using Weir.Events.Contracts;
using Weir.Portal.Tests.Support;

namespace Weir.Browser.Tests;

/// <summary>Explorer's views and the tables below their charts, over a real record.</summary>
public sealed class ViewTests(Chromium chromium) : IAsyncLifetime
{
    private RecordedMail _mail = null!;
    private PortalHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _mail = await RecordedMail.StartAsync(TimeProvider.System.GetUtcNow().AddMinutes(-1));
        await _mail.AppendAsync(Facts());
        _host = await PortalHost.StartAsync(_mail);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _mail.DisposeAsync();
    }

    [Fact]
    public async Task Each_view_and_each_table_has_an_address_and_a_row_leads_to_what_it_counts()
    {
        await using var visit = await Visit.StartAsync(chromium.Browser, _host.Address, "investigator");
        var page = visit.Page;
        await visit.ExplorerAsync();

        await page.GetByTestId("view-phish").ClickAsync();
        await visit.IsAtAsync("/explorer/phish");
        await page.GetByTestId("counted").GetByText("Phish · 30 messages").WaitForAsync();
        await page.GetByTestId("tab-users").ClickAsync();
        await visit.IsAtAsync("/explorer/phish?tab=users");
        await page.GetByTestId("detail-rows").GetByText("10 rows").WaitForAsync();
        await visit.SeeAsync("explorer-users");
        await page.GetByTestId("details").GetByRole(AriaRole.Link, new() { Name = "person-1@weir.example" }).ClickAsync();
        await page.GetByTestId("counted").GetByText("Phish · 3 messages").WaitForAsync();
        Assert.Contains("person-1@weir.example", await page.GetByTestId("chip").First.InnerTextAsync(), StringComparison.Ordinal);

        // The filter goes along to another view.
        await page.GetByTestId("view-url-clicks").ClickAsync();
        await page.GetByTestId("counted").GetByText("URL clicks · 3 clicks ").WaitForAsync();
        for (var left = await page.GetByTestId("chip").CountAsync(); left > 0; left--)
        {
            await page.GetByTestId("chip").Locator(".drop").First.ClickAsync();
            await Assertions.Expect(page.GetByTestId("chip")).ToHaveCountAsync(left - 1);
        }

        await page.GetByTestId("run").ClickAsync();
        await page.GetByTestId("detail-rows").GetByText("12 rows").WaitForAsync();
        await visit.SeeAsync("explorer-clicks");
        await page.GetByTestId("tab-top-clicks").ClickAsync();
        await page.GetByTestId("details").GetByText("https://evil.example/pay").First.WaitForAsync();

        foreach (var (view, tab, mark) in new[]
        {
            ("malware", "families", "W32/Dropper.B"), ("phish", "urls", "https://evil.example/pay"), ("phish", "origin", "203.0.113.9"), ("campaigns", "campaigns", "Phish.DHL.0001"),
        })
        {
            await page.GotoAsync($"/explorer/{view}?tab={tab}");
            await page.GetByTestId("details").GetByText(mark).First.WaitForAsync();
            await visit.SeeAsync($"explorer-{view}-{tab}");
        }

        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Ten_thousand_pasted_senders_are_one_filter_of_a_short_address()
    {
        await using var visit = await Visit.StartAsync(chromium.Browser, _host.Address, "investigator");
        var page = visit.Page;
        await visit.ExplorerAsync();

        await page.GetByTestId("add-filter").ClickAsync();
        await page.Locator("#condition-values").WaitForAsync();
        await page.EvalOnSelectorAsync("#condition-values", "(box, lines) => { box.value = lines; }", string.Join('\n', Enumerable.Range(0, 9_999).Select(line => $"sender-{line}@elsewhere.example").Append("mallory@evil.example")));
        await page.GetByTestId("condition-apply").ClickAsync();
        await page.GetByTestId("chip").GetByText("+9997").WaitForAsync();
        await page.GetByTestId("run").ClickAsync();
        await page.GetByTestId("counted").GetByText("· 30 messages").WaitForAsync();
        await visit.SeeAsync("explorer-pasted");

        Assert.InRange(page.Url.Length, 30, 250);
        await page.ReloadAsync();
        await page.GetByTestId("counted").GetByText("· 30 messages").WaitForAsync();
        await page.GetByTestId("open-as-kql").ClickAsync();
        await page.GetByTestId("answered").GetByText("30 rows").WaitForAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_query_is_saved_with_its_dates_shared_opened_by_its_address_renamed_and_deleted()
    {
        await using var visit = await Visit.StartAsync(chromium.Browser, _host.Address, "admin");
        var page = visit.Page;
        await page.GotoAsync("/explorer/phish?q=" + Uri.EscapeDataString("""{"and":[{"p":"senderDomain","is":["evil.example"]}]}"""));
        await page.GetByTestId("counted").GetByText("Phish · 30 messages").WaitForAsync();

        await page.GetByTestId("save").ClickAsync();
        await page.GetByTestId("query-name").FillAsync("Parcel <b>phish</b>");
        await page.GetByTestId("query-dates").SelectOptionAsync("days");
        await page.GetByTestId("query-days").FillAsync("14");
        await page.GetByTestId("query-shared").CheckAsync();
        await visit.SeeAsync("explorer-save");
        await page.GetByTestId("query-save").ClickAsync();
        var kept = page.GetByTestId("saved-query").GetByRole(AriaRole.Link);
        await kept.GetByText("Parcel <b>phish</b>").WaitForAsync();
        await visit.SeeAsync("explorer-saved");
        var address = await kept.GetAttributeAsync("href");
        Assert.StartsWith("/explorer/saved/", address, StringComparison.Ordinal);

        // Somebody else opens the address.
        await using var other = await Visit.StartAsync(chromium.Browser, _host.Address, "reader");
        await other.Page.GotoAsync(address!);
        await other.Page.GetByTestId("counted").GetByText("Phish · 30 messages in the last 14 days").WaitForAsync();
        Assert.Contains("range=14d", other.Page.Url, StringComparison.Ordinal);
        await other.Page.GetByTestId("show-saved").ClickAsync();
        await other.Page.GetByTestId("saved-query").GetByText("By ").WaitForAsync();
        Assert.Equal(0, await other.Page.GetByTestId("delete-query").CountAsync());

        await page.GetByTestId("change-query").ClickAsync();
        await page.GetByTestId("query-name").FillAsync("Parcels");
        await page.GetByTestId("query-save").ClickAsync();
        await kept.GetByText("Parcels", new() { Exact = true }).WaitForAsync();
        await page.GetByTestId("delete-query").ClickAsync();
        await page.GetByTestId("delete-query-confirm").ClickAsync();
        await Assertions.Expect(kept).ToHaveCountAsync(0);
        await other.Page.GotoAsync(address!);
        await other.Page.GetByTestId("saved-missing").WaitForAsync();
        Assert.Empty(visit.Complaints);
        Assert.Empty(other.Complaints);
    }

    [Fact]
    public async Task While_it_is_live_new_mail_appears_by_itself_and_waits_while_a_row_is_ticked()
    {
        await using var visit = await Visit.StartAsync(chromium.Browser, _host.Address, "investigator");
        var page = visit.Page;
        await visit.ExplorerAsync();
        await page.GetByTestId("live").ClickAsync();
        await visit.IsAtAsync("/explorer?live=on");

        var clock = System.Diagnostics.Stopwatch.StartNew();
        await _mail.AppendAsync(_mail.Mail(1_001, "late@weir.example", subject: "Fresh from the milter", ago: -TimeSpan.FromSeconds(30)));
        await page.Locator(".grid-row").GetByText("Fresh from the milter").WaitForAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"shown {clock.ElapsedMilliseconds} ms after it was appended");
        await page.GetByTestId("counted").GetByText("· 61 messages").WaitForAsync();
        await visit.SeeAsync("explorer-live");

        // Nothing moves under a hand that ticks.
        await page.Locator(".grid-row[data-index='0'] .box").ClickAsync();
        await _mail.AppendAsync(_mail.Mail(1_002, "late@weir.example", subject: "Later still", ago: -TimeSpan.FromSeconds(31)));
        await page.GetByTestId("held").GetByText("1 message more").WaitForAsync();
        Assert.Equal("1 selected", await page.GetByTestId("selected").InnerTextAsync());
        Assert.Equal(0, await page.Locator(".grid-row").GetByText("Later still").CountAsync());
        await page.GetByTestId("held").ClickAsync();
        await page.Locator(".grid-row").GetByText("Later still").WaitForAsync();
        await page.GetByTestId("live").ClickAsync();
        await visit.IsAtAsync("/explorer");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_part_of_the_chart_that_is_drawn_over_becomes_the_time_of_the_grid()
    {
        await using var visit = await Visit.StartAsync(chromium.Browser, _host.Address, "investigator");
        var page = visit.Page;
        await visit.ExplorerAsync("?range=1h");
        await page.Locator("#chart canvas").WaitForAsync();
        await page.WaitForTimeoutAsync(600);
        var box = (await page.Locator("#chart").BoundingBoxAsync())!;

        await page.Mouse.MoveAsync(box.X + (box.Width * 0.5f), box.Y + (box.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.6f), box.Y + (box.Height / 2), new() { Steps = 5 });
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.7f), box.Y + (box.Height / 2), new() { Steps = 5 });
        await page.Mouse.UpAsync();
        await visit.IsAtAsync("/explorer?from=*&to=*");
        await page.GetByTestId("counted").GetByText("in this time").WaitForAsync();

        await page.GoBackAsync();
        await visit.IsAtAsync("/explorer?range=1h");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show as table" }).ClickAsync();
        await page.GetByTestId("zoom").Nth(10).ClickAsync();
        await visit.IsAtAsync("/explorer?from=*&to=*");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_campaign_has_a_flow_that_is_drawn_or_read_as_a_table_and_a_report()
    {
        await using var visit = await Visit.StartAsync(chromium.Browser, _host.Address, "investigator");
        var page = visit.Page;
        await page.GotoAsync("/campaigns/019a3333-0000-7000-8000-000000000001");
        await page.Locator("#flow-chart canvas").WaitForAsync();
        await visit.SeeAsync("campaign-flow");
        await page.GetByTestId("flow-as-table").ClickAsync();
        await page.GetByTestId("flow-table").GetByText("203.0.113.9").First.WaitForAsync();
        await visit.SeeAsync("campaign-flow-table");

        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("report").ClickAsync());
        Assert.Equal("campaign-019a3333-0000-7000-8000-000000000001.html", file.SuggestedFilename);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_large_export_is_made_in_the_background_and_fetched_later()
    {
        await using var host = await PortalHost.StartAsync(60_000);
        await using var visit = await Visit.StartAsync(chromium.Browser, host.Address, "investigator");
        var page = visit.Page;
        await page.GotoAsync("/exports");
        await page.GetByTestId("empty").WaitForAsync();
        await visit.ExplorerAsync();
        await page.GetByTestId("export").ClickAsync();
        await page.GetByTestId("exporting").GetByRole(AriaRole.Link).ClickAsync();

        await page.GetByTestId("export-row").GetByText("60,000").First.WaitForAsync();
        await visit.SeeAsync("exports");
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("fetch").ClickAsync());
        Assert.Equal(60_001, (await File.ReadAllLinesAsync((await file.PathAsync())!, TestContext.Current.CancellationToken)).Length);
        await page.GetByTestId("remove").ClickAsync();
        await page.GetByTestId("empty").WaitForAsync();
        Assert.Empty(visit.Complaints);
    }

    private List<Fact> Facts()
    {
        List<Fact> facts = [];
        for (var number = 1; number <= 60; number++)
        {
            var who = $"person-{number % 10}@weir.example";
            facts.AddRange((number % 4) switch
            {
                0 or 1 => _mail.Mail(number, who, "Phish", "mallory@evil.example", number == 4 ? "<b>Your</b> parcel \u202egnp.exe" : "Your parcel is waiting", "203.0.113.9", "vps-9.hoster.example", "evil.example", "evil.example", number % 8 == 0 ? "https://evil.example/login?a=\"'>" : "https://evil.example/pay"),
                2 => _mail.Mail(number, who, "Malware", "carol@worse.example", "Order 7731", "198.51.100.20", "", "worse.example", "", family: number % 8 == 2 ? "W32/Dropper.B" : "VBS/Loader"),
                _ => _mail.Mail(number, who, url: "https://shop.example/a"),
            });
        }

        facts.AddRange(_mail.Campaign("019a3333-0000-7000-8000-000000000001", "Phish.DHL.0001", "Phish", [.. Enumerable.Range(1, 60).Where(number => number % 4 < 2)]));
        facts.AddRange(Enumerable.Range(0, 12).Select(click => _mail.Click((click * 5) + 1, "https://evil.example/pay", $"person-{((click * 5) + 1) % 10}@weir.example", click % 3 == 0 ? "ClickBlocked" : "ClickAllowed", click % 6 == 0)));
        return facts;
    }
}
