using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Weir.Portal.Tests.Support;

namespace Weir.Browser.Tests;

/// <summary>axe finds nothing to complain about, in light and in dark.</summary>
public sealed class AccessibilityTests(Chromium chromium)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task No_page_breaks_a_rule_of_axe(ColorScheme scheme)
    {
        await using var host = await PortalHost.StartAsync(2_000);
        await using var visit = await Visit.StartAsync(chromium.Browser, host.Address, "admin", scheme: scheme);
        var page = visit.Page;
        await CheckAsync(page, "/explorer", ".grid-row:not(.waiting)");
        await page.Locator(".grid-cell.subject .text").First.ClickAsync();
        await page.GetByTestId("summary-panel").GetByText("Delivery details").WaitForAsync();
        await CheckAsync(page, path: null, "[data-testid=summary-panel]");
        await CheckAsync(page, $"/email/{FakeMail.IdOf(1)}?recipient=g.larsen@weir.example&tab=analysis", "[data-testid=signals]");
        await CheckAsync(page, $"/email/{FakeMail.IdOf(1)}?recipient=g.larsen@weir.example&tab=attachments", "[data-testid=attachments]");
        await CheckAsync(page, "/hunting?query=" + Uri.EscapeDataString("EmailEvents\n| project Timestamp, Subject\n| take 5"), "[data-testid=answer]");
        await CheckAsync(page, "/action-center/history", "[data-testid=empty]");
        await CheckAsync(page, "/audit", "h1");
        await page.GetByTestId("user-menu-button").ClickAsync();
        await CheckAsync(page, path: null, "#user-menu");
        await page.GetByTestId("sign-out").ClickAsync();
        await CheckAsync(page, path: null, "[data-testid=sign-in-form]");
    }

    private static async Task CheckAsync(IPage page, string? path, string ready)
    {
        if (path is not null)
        {
            await page.GotoAsync(path);
        }

        await page.Locator(ready).First.WaitForAsync();
        var result = await page.RunAxe();

        var found = result.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {node.Html} — {violation.Help}")).ToList();
        Assert.True(found.Count == 0, $"{page.Url}\n{string.Join('\n', found)}");
    }
}
