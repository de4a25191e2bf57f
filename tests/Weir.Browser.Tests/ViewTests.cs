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
        await visit.LooksAsync("explorer-users");
        await page.GetByTestId("details").GetByRole(AriaRole.Link, new() { Name = "person-1@weir.example" }).ClickAsync();
        await page.GetByTestId("counted").GetByText("Phish · 3 messages").WaitForAsync();
        Assert.Contains("person-1@weir.example", await page.GetByTestId("chip").First.InnerTextAsync(), StringComparison.Ordinal);

        // The filter goes along to another view.
        await page.GetByTestId("view-url-clicks").ClickAsync();
        await page.GetByTestId("counted").GetByText("URL clicks · 3 clicks ").WaitForAsync();
        await page.GetByTestId("chip").Locator(".drop").First.ClickAsync();
        foreach (var chip in await page.GetByTestId("chip").AllAsync())
        {
            await page.GetByTestId("chip").Locator(".drop").First.ClickAsync();
        }

        await page.GetByTestId("run").ClickAsync();
        await page.GetByTestId("detail-rows").GetByText("12 rows").WaitForAsync();
        await visit.LooksAsync("explorer-clicks");
        await page.GetByTestId("tab-top-clicks").ClickAsync();
        await page.GetByTestId("details").GetByText("https://evil.example/pay").First.WaitForAsync();

        foreach (var (view, tab, mark) in new[]
        {
            ("malware", "families", "W32/Dropper.B"), ("phish", "urls", "https://evil.example/pay"), ("phish", "origin", "203.0.113.9"), ("campaigns", "campaigns", "Phish.DHL.0001"),
        })
        {
            await page.GotoAsync($"/explorer/{view}?tab={tab}");
            await page.GetByTestId("details").GetByText(mark).First.WaitForAsync();
            await visit.LooksAsync($"explorer-{view}-{tab}");
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
        await page.EvalOnSelectorAsync("#condition-values", "(box, lines) => { box.value = lines; }", string.Join('\n', Enumerable.Range(0, 9_999).Select(line => $"sender-{line}@elsewhere.example").Append("mallory@evil.example")));
        await page.GetByTestId("condition-apply").ClickAsync();
        await page.GetByTestId("chip").GetByText("+9997").WaitForAsync();
        await page.GetByTestId("run").ClickAsync();
        await page.GetByTestId("counted").GetByText("· 30 messages").WaitForAsync();
        await visit.LooksAsync("explorer-pasted");

        Assert.InRange(page.Url.Length, 30, 250);
        await page.ReloadAsync();
        await page.GetByTestId("counted").GetByText("· 30 messages").WaitForAsync();
        await page.GetByTestId("open-as-kql").ClickAsync();
        await page.GetByTestId("answered").GetByText("30 rows").WaitForAsync();
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
