using Microsoft.Playwright;
using Weir.Portal.Tests.Support;

namespace Weir.Browser.Tests;

/// <summary>Screenshots of every page: light, dark, narrow. Each page loads without a violation of its policy.</summary>
public sealed class LookTests(Chromium chromium)
{
    [Theory]
    [InlineData("light", 1440, 900)]
    [InlineData("dark", 1440, 900)]
    [InlineData("narrow", 390, 844)]
    public async Task Every_page_is_drawn_without_a_violation(string look, int width, int height)
    {
        await using var host = await PortalHost.StartAsync(1_000_000);
        await using var visit = await Visit.StartAsync(chromium.Browser, host.Address, "investigator", width, height, look == "dark" ? ColorScheme.Dark : ColorScheme.Light);
        var page = visit.Page;

        await visit.ExplorerAsync();
        await page.Locator("#chart canvas").WaitForAsync();
        await page.WaitForTimeoutAsync(400);
        await visit.ScreenshotAsync($"explorer-{look}");

        await visit.ExplorerAsync("?q=" + Uri.EscapeDataString(
            """{"and":[{"p":"direction","is":["Inbound"]},{"p":"deliveryAction","is":["Delivered","Blocked"]},{"or":[{"p":"senderDomain","is":["northwind.example"]},{"p":"subject","has":["<script>alert(1)</script>"]},{"no":true,"and":[{"p":"urlCount","gt":["3"]}]}]}]}"""));
        await page.GetByTestId("chip").First.Locator(".what").ClickAsync();
        await page.GetByTestId("condition-editor").WaitForAsync();
        await page.WaitForTimeoutAsync(300);
        await visit.ScreenshotAsync($"builder-{look}");
        await page.Keyboard.PressAsync("Escape");

        await page.Locator(".grid-cell.subject .text").Nth(2).ClickAsync();
        await page.GetByTestId("summary-panel").GetByText("Delivery details").WaitForAsync();
        await visit.ScreenshotAsync($"summary-{look}");
        await page.GetByTestId("open-entity").ClickAsync();
        await page.GetByTestId("timeline").WaitForAsync();
        await visit.ScreenshotAsync($"email-timeline-{look}");
        foreach (var (tab, mark) in new[] { ("analysis", "signals"), ("attachments", "attachments"), ("url", "urls"), ("headers", "header-text"), ("similar", "similar") })
        {
            await page.GetByTestId($"tab-{tab}").ClickAsync();
            await page.GetByTestId(mark).WaitForAsync();
            await visit.ScreenshotAsync($"email-{tab}-{look}");
        }

        await page.GetByTestId("preview").ClickAsync();
        await page.FrameLocator("[data-testid=preview-frame]").GetByText("Dear colleague").WaitForAsync();
        await visit.ScreenshotAsync($"preview-{look}");
        visit.Complaints.RemoveAll(complaint => complaint.Contains("beacon.png", StringComparison.Ordinal) || complaint.Contains("Blocked script execution", StringComparison.Ordinal) || complaint.Contains("inline script", StringComparison.Ordinal));
        await page.Keyboard.PressAsync("Escape");
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("light", 1440, 900)]
    [InlineData("dark", 1440, 900)]
    [InlineData("narrow", 390, 844)]
    public async Task The_other_pages_are_drawn_without_a_violation(string look, int width, int height)
    {
        await using var host = await PortalHost.StartAsync(2_000);
        await using var visit = await Visit.StartAsync(chromium.Browser, host.Address, "investigator", width, height, look == "dark" ? ColorScheme.Dark : ColorScheme.Light);
        var page = visit.Page;

        await visit.ExplorerAsync();
        await page.Locator(".grid-row .box").Nth(1).ClickAsync();
        await page.Locator(".grid-row .box").Nth(7).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await page.GetByTestId("take-action").ClickAsync();
        await page.GetByTestId("take-action-dialog").WaitForAsync();
        await visit.ScreenshotAsync($"wizard-1-{look}");
        await page.GetByTestId("wizard-next").ClickAsync();
        await page.GetByTestId("action-name").FillAsync("Purge the fake invoices");
        await page.GetByTestId("action-description").FillAsync("Reported by three people");
        await visit.ScreenshotAsync($"wizard-2-{look}");
        await page.GetByTestId("wizard-next").ClickAsync();
        await visit.ScreenshotAsync($"wizard-3-{look}");
        await page.GetByTestId("wizard-submit").ClickAsync();
        await page.GetByTestId("to-action-center").ClickAsync();
        await page.GetByTestId("action-flyout").GetByText("Completed").First.WaitForAsync();
        await visit.ScreenshotAsync($"action-center-{look}");

        await page.GotoAsync("/hunting?query=" + Uri.EscapeDataString("EmailEvents\n| project Timestamp, NetworkMessageId, RecipientEmailAddress, Subject, EmailSize\n| take 40"));
        await page.GetByTestId("answer").WaitForAsync();
        await visit.ScreenshotAsync($"hunting-{look}");
        await page.GotoAsync("/hunting?query=fails-to-compile");
        await page.GetByTestId("problem").WaitForAsync();
        await visit.ScreenshotAsync($"hunting-error-{look}");

        await page.GotoAsync("/explorer?q=" + Uri.EscapeDataString("""{"and":[{"p":"subject","has":["nothing-matches"]}]}"""));
        await page.GetByTestId("empty").WaitForAsync();
        await visit.ScreenshotAsync($"explorer-empty-{look}");
        await page.GotoAsync("/audit");
        await page.GetByTestId("access-denied").WaitForAsync();
        await visit.ScreenshotAsync($"access-denied-{look}");
        await page.GotoAsync("/email/019a0000-0000-7000-8000-00000fffffff?recipient=nobody@weir.example");
        await page.GetByTestId("email-missing").WaitForAsync();
        await visit.ScreenshotAsync($"email-missing-{look}");
        await page.GetByTestId("user-menu-button").ClickAsync();
        await visit.ScreenshotAsync($"user-menu-{look}");
        await page.GetByTestId("sign-out").ClickAsync();
        await page.GetByTestId("sign-in-message").WaitForAsync();
        await visit.ScreenshotAsync($"sign-in-{look}");
        host.Accounts.NeedsAdministrator = true;
        await page.GotoAsync("/sign-in");
        await page.GetByTestId("setup-form").WaitForAsync();
        await visit.ScreenshotAsync($"setup-{look}");
        Assert.Empty(visit.Complaints);
    }
}
