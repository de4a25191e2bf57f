using Weir.Portal.Tests.Support;

namespace Weir.Browser.Tests;

/// <summary>
/// Every page once: screenshots in light, dark and narrow, no violation of its policy, nothing that axe complains about. Colours are what dark
/// changes, so in dark only contrast is looked at again.
/// </summary>
public sealed class LookTests(Chromium chromium, MillionMessages million)
{
    // What passes is not written down: that is most of the work.

    [Fact]
    public async Task Explorer_and_a_message()
    {
        await using var visit = await Visit.StartAsync(chromium.Browser, million.Host.Address, "investigator");
        var page = visit.Page;

        await visit.ExplorerAsync();
        await page.Locator("#chart canvas").WaitForAsync();
        await visit.SeeAsync("explorer");
        await page.GetByTestId("columns").ClickAsync();
        await visit.SeeAsync("columns");
        await page.Keyboard.PressAsync("Escape");

        await visit.ExplorerAsync("?q=" + Uri.EscapeDataString(
            """{"and":[{"p":"direction","is":["Inbound"]},{"p":"deliveryAction","is":["Delivered","Blocked"]},{"or":[{"p":"senderDomain","is":["northwind.example"]},{"p":"subject","has":["<script>alert(1)</script>"]},{"no":true,"and":[{"p":"urlCount","gt":["3"]}]}]}]}"""));
        await page.GetByTestId("chip").First.Locator(".what").ClickAsync();
        await page.GetByTestId("condition-editor").WaitForAsync();
        await visit.SeeAsync("builder");
        await page.Keyboard.PressAsync("Escape");

        await page.Locator(".grid-cell.subject .text").Nth(2).ClickAsync();
        await page.GetByTestId("summary-panel").GetByText("Delivery details").WaitForAsync();
        await visit.SeeAsync("summary");
        await page.GetByTestId("open-entity").ClickAsync();
        foreach (var (tab, mark) in new[] { ("timeline", "timeline"), ("analysis", "signals"), ("attachments", "attachments"), ("url", "urls"), ("headers", "header-text"), ("source", "source-text"), ("similar", "similar") })
        {
            await page.GetByTestId($"tab-{tab}").ClickAsync();
            await page.GetByTestId(mark).WaitForAsync();
            await visit.SeeAsync($"email-{tab}");
        }

        await visit.ExplorerAsync("?q=" + Uri.EscapeDataString("""{"and":[{"p":"threat","is":["Phish"]}]}"""));
        await page.Locator(".grid-cell.subject .text").First.ClickAsync();
        await page.GetByTestId("open-entity").ClickAsync();
        await page.GetByTestId("tab-analysis").ClickAsync();
        await page.GetByTestId("together").WaitForAsync();
        await visit.SeeAsync("email-analysis-phish");
        await page.GetByTestId("place").Filter(new() { HasText = "From header" }).First.ClickAsync();
        await page.Locator(".source mark").WaitForAsync();
        await visit.SeeAsync("email-headers-cited");
        await page.GetByTestId("tab-analysis").ClickAsync();
        await page.GetByTestId("place").Filter(new() { HasText = "Part 1" }).First.ClickAsync();
        await page.Locator(".source mark").WaitForAsync();
        await visit.SeeAsync("email-source-cited");

        Assert.Empty(visit.Complaints);
        await page.GetByTestId("preview").ClickAsync();
        await page.FrameLocator("[data-testid=preview-frame]").GetByText("Dear colleague").WaitForAsync();
        await visit.LooksAsync("preview");
    }

    [Fact]
    public async Task Taking_action_and_signing_in()
    {
        await using var host = await PortalHost.StartAsync(2_000);
        await using var visit = await Visit.StartAsync(chromium.Browser, host.Address, "investigator");
        var page = visit.Page;

        await page.GotoAsync("/action-center/history");
        await page.GetByTestId("empty").WaitForAsync();
        await visit.SeeAsync("action-center-empty");
        await visit.ExplorerAsync();
        await page.Locator(".grid-row .box").Nth(1).ClickAsync();
        await page.Locator(".grid-row .box").Nth(7).ClickAsync(new() { Modifiers = [Microsoft.Playwright.KeyboardModifier.Shift] });
        await page.GetByTestId("take-action").ClickAsync();
        await page.GetByTestId("take-action-dialog").WaitForAsync();
        await visit.SeeAsync("wizard-1");
        await page.GetByTestId("wizard-next").ClickAsync();
        await page.GetByTestId("action-name").FillAsync("Purge the fake invoices");
        await page.GetByTestId("action-description").FillAsync("Reported by three people");
        await visit.SeeAsync("wizard-2");
        await page.GetByTestId("wizard-next").ClickAsync();
        await page.GetByTestId("wizard-submit").WaitForAsync();
        await visit.SeeAsync("wizard-3");
        await page.GetByTestId("wizard-submit").ClickAsync();
        await page.GetByTestId("to-action-center").ClickAsync();
        await page.GetByTestId("action-flyout").GetByText("Completed with failures").WaitForAsync();
        await visit.SeeAsync("action-center");

        await page.GotoAsync("/audit");
        await page.GetByTestId("access-denied").WaitForAsync();
        await visit.SeeAsync("access-denied");
        await page.GetByTestId("user-menu-button").ClickAsync();
        await visit.SeeAsync("user-menu");
        await page.GetByTestId("sign-out").ClickAsync();
        await page.GetByTestId("sign-in-message").WaitForAsync();
        await visit.SeeAsync("sign-in");
        (host.Accounts.NeedsAdministrator, host.Accounts.HasAccounts) = (true, false);
        await page.GotoAsync("/sign-in");
        await page.GetByTestId("setup-form").WaitForAsync();
        await visit.SeeAsync("setup");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Hunting_the_audit_trail_and_what_is_not_there()
    {
        await using var host = await PortalHost.StartAsync(2_000);
        host.Questions.IsDeliveryAssumed = true;
        for (var i = 0; i < 120; i++)
        {
            await host.Accounts.RecordAsync(new("admin", "Ada Min", new HashSet<Access.Contracts.Permission>()), new("SignIn", $"entry {i}", i % 5 == 0 ? "Denied" : "Success"), TestContext.Current.CancellationToken);
        }

        await using var visit = await Visit.StartAsync(chromium.Browser, host.Address, "admin");
        var page = visit.Page;

        await page.GetByTestId("assumed").WaitForAsync();
        await visit.SeeAsync("explorer-assumed");
        await page.GotoAsync("/explorer?q=" + Uri.EscapeDataString("""{"and":[{"p":"subject","has":["nothing-matches"]}]}"""));
        await page.GetByTestId("empty").WaitForAsync();
        await visit.SeeAsync("explorer-empty");
        await page.GotoAsync("/email/019a0000-0000-7000-8000-00000fffffff?recipient=nobody@weir.example");
        await page.GetByTestId("email-missing").WaitForAsync();
        await visit.SeeAsync("email-missing");

        Assert.Empty(visit.Complaints);
        await page.GotoAsync("/nonsense");
        await page.GetByTestId("not-found").WaitForAsync();
        await visit.SeeAsync("not-found");
        // The browser itself notes that the address answered 404.
        visit.Complaints.RemoveAll(complaint => complaint.Contains("404", StringComparison.Ordinal));
        await page.GotoAsync("/hunting");
        await page.GetByTestId("editor").WaitForAsync();
        await visit.SeeAsync("hunting-start");
        await page.GotoAsync("/hunting?query=" + Uri.EscapeDataString("EmailEvents\n| project Timestamp, NetworkMessageId, RecipientEmailAddress, Subject, EmailSize\n| take 40"));
        await page.Locator("#answer .grid-row:not(.waiting)").Nth(2).ClickAsync();
        await page.GetByTestId("record").WaitForAsync();
        await visit.SeeAsync("hunting");
        await page.GotoAsync("/hunting?query=fails-to-compile");
        await page.GetByTestId("problem").WaitForAsync();
        await visit.SeeAsync("hunting-error");

        await page.GotoAsync("/glossary#zap");
        await page.GetByTestId("find-term").FillAsync("level");
        await page.GetByTestId("glossary").GetByText("Spam confidence level").WaitForAsync();
        await visit.SeeAsync("glossary");

        await page.GotoAsync("/audit");
        await page.GetByTestId("audit").GetByText("entry 119").WaitForAsync();
        await visit.SeeAsync("audit");
        await page.GetByTestId("older").ClickAsync();
        await page.GetByTestId("audit").GetByText("entry 0", new() { Exact = true }).WaitForAsync();

        // Two more than were recorded above: both hunts are in the trail.
        Assert.Equal(22, await page.GetByTestId("audit").Locator("tbody tr").CountAsync());
        Assert.True(await page.GetByTestId("older").IsDisabledAsync());
        await page.GetByTestId("newer").ClickAsync();
        await page.GetByTestId("audit").GetByText("entry 119").WaitForAsync();
        Assert.Equal(100, await page.GetByTestId("audit").Locator("tbody tr").CountAsync());
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData(5, "markup")]
    [InlineData(16, "formula")]
    [InlineData(27, "turned-round")]
    [InlineData(38, "endless")]
    [InlineData(49, "many-scripts")]
    [InlineData(60, "nothing")]
    public async Task Hostile_text_stays_in_its_place(int index, string name)
    {
        await using var visit = await Visit.StartAsync(chromium.Browser, million.Host.Address, "investigator");
        var mail = new FakeMail(1_000_000, DateTimeOffset.UnixEpoch, TimeSpan.FromHours(24));
        var recipient = (string)mail.Cell(index, "RecipientEmailAddress")!;
        await visit.Page.GotoAsync($"/email/{FakeMail.IdOf(index)}?recipient={recipient}&tab=analysis");
        await visit.Page.GetByTestId("verdict").WaitForAsync();
        await visit.LooksAsync($"hostile-{name}");

        await visit.Page.SetViewportSizeAsync(420, 800);
        await InPlaceAsync(visit);
        await visit.Page.SetViewportSizeAsync(1440, 900);
        await visit.Page.GotoAsync($"/explorer?message={FakeMail.IdOf(index)}&recipient={recipient}");
        await visit.Page.GetByTestId("summary-panel").GetByText("Delivery details").WaitForAsync();
        await InPlaceAsync(visit);
        Assert.Empty(visit.Complaints);

        static async Task InPlaceAsync(Visit visit)
        {
            Assert.True(await visit.Page.EvaluateAsync<bool>("() => document.scrollingElement.scrollWidth <= document.documentElement.clientWidth"), "The page is wider than its window.");
            Assert.Equal(0, await visit.Page.Locator("h1 script, h2 script, h1 img, h2 img").CountAsync());
        }
    }
}
