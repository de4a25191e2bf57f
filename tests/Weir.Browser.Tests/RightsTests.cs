using Microsoft.Playwright;
using Weir.Access.Contracts;
using Weir.Portal.Tests.Support;

namespace Weir.Browser.Tests;

/// <summary>Who sees what, and what content may do.</summary>
public sealed class RightsTests(Chromium chromium)
{
    [Fact]
    public async Task A_Security_Reader_sees_Explorer_and_cannot_preview_until_a_role_is_given()
    {
        await using var host = await PortalHost.StartAsync(500);
        await using var visit = await Visit.StartAsync(chromium.Browser, host.Address, "reader");
        var page = visit.Page;
        await visit.ExplorerAsync();
        await page.Locator(".grid-cell.subject .text").First.ClickAsync();

        var preview = page.GetByTestId("summary-panel").GetByTestId("preview");
        await page.GetByTestId("summary-panel").GetByText("Delivery details").WaitForAsync();
        Assert.True(await preview.IsDisabledAsync());
        Assert.Contains("Data Investigator", await preview.GetAttributeAsync("title"), StringComparison.Ordinal);
        Assert.True(await page.GetByTestId("panel-take-action").IsDisabledAsync());
        Assert.Equal(403, await page.EvaluateAsync<int>("async () => { const form = document.querySelector('form[action=\"/email/download\"]'); return (await fetch(form.action, { method: 'POST', body: new FormData(form) })).status; }"));

        host.Accounts.SetRoles("reader", Roles.DataInvestigator);
        await page.WaitForTimeoutAsync(5_100);
        await page.Keyboard.PressAsync("j");
        await page.GetByTestId("summary-panel").GetByText(FakeMail.IdOf(1)).WaitForAsync();
        await Assertions.Expect(preview).ToBeEnabledAsync();
        visit.Complaints.RemoveAll(complaint => complaint.Contains("403", StringComparison.Ordinal));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_preview_runs_nothing_loads_nothing_and_is_audited()
    {
        await using var host = await PortalHost.StartAsync(500);
        await using var visit = await Visit.StartAsync(chromium.Browser, host.Address, "investigator");
        var page = visit.Page;
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);
        await page.GotoAsync($"/email/{FakeMail.IdOf(3)}?recipient=i.garcia@weir.example");
        await page.GetByTestId("preview").ClickAsync();
        var mail = page.FrameLocator("[data-testid=preview-frame]");
        await mail.GetByText("Dear colleague").WaitForAsync();

        Assert.DoesNotContain("SCRIPT RAN", await mail.Locator("body").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("", await page.GetByTestId("preview-frame").GetAttributeAsync("sandbox"));
        Assert.Contains(host.Accounts.Records, record => record is { CallerId: "investigator", Entry: { Operation: "AdminMailAccess", Result: "Success" } });
        var address = Assert.Single(asked, url => url.Contains("/preview/", StringComparison.Ordinal));

        // The token was used: the same address shows nothing any more.
        var again = await page.APIRequest.GetAsync(address);
        Assert.Equal(404, again.Status);
        Assert.StartsWith("sandbox; default-src 'none'", again.Headers["content-security-policy"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_source_is_for_those_who_may_read_mail_and_is_audited_and_the_keyboard_leads_from_a_signal_to_its_bytes()
    {
        await using var host = await PortalHost.StartAsync(500);
        await using (var refused = await Visit.StartAsync(chromium.Browser, host.Address, "reader"))
        {
            await refused.Page.GotoAsync($"/email/{FakeMail.IdOf(3)}?recipient=i.garcia@weir.example&tab=source");
            await refused.Page.GetByTestId("source-missing").GetByText("Data Investigator").WaitForAsync();
            Assert.Contains(host.Accounts.Records, record => record is { CallerId: "reader", Entry: { Operation: "AdminMailAccess", Result: "Denied" } });
        }

        await using var visit = await Visit.StartAsync(chromium.Browser, host.Address, "investigator");
        var page = visit.Page;
        await page.GotoAsync($"/email/{FakeMail.IdOf(3)}?recipient=i.garcia@weir.example&tab=analysis");
        await page.GetByTestId("place").Filter(new() { HasText = "Part 1" }).First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        var cited = page.Locator(".source mark");
        await Assertions.Expect(cited).ToContainTextAsync("login.mail-secure-login.example");
        await Assertions.Expect(cited).ToBeInViewportAsync();
        Assert.Equal("source-text", await page.EvaluateAsync<string>("() => document.activeElement.dataset.testid"));
        await page.GetByTestId("source-before").ClickAsync();
        await Assertions.Expect(page.Locator(".source-row").First).ToContainTextAsync("Received: from");
        Assert.Contains(host.Accounts.Records, record => record is { CallerId: "investigator", Entry: { Operation: "AdminMailAccess", Result: "Success", Detail: "source" } });
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_raw_message_is_downloaded_as_a_file()
    {
        await using var host = await PortalHost.StartAsync(500);
        await using var visit = await Visit.StartAsync(chromium.Browser, host.Address, "investigator");
        await visit.Page.GotoAsync($"/email/{FakeMail.IdOf(3)}?recipient=i.garcia@weir.example");
        await Assertions.Expect(visit.Page.GetByTestId("download")).ToBeEnabledAsync();

        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByTestId("download").ClickAsync());

        Assert.Equal($"{FakeMail.IdOf(3)}.eml", download.SuggestedFilename);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Messages_are_taken_back_and_given_back_from_the_pages()
    {
        await using var host = await PortalHost.StartAsync(500);
        await using var visit = await Visit.StartAsync(chromium.Browser, host.Address, "investigator");
        var page = visit.Page;
        await visit.ExplorerAsync();
        await page.Locator(".grid-row .box").Nth(0).ClickAsync();
        await page.Locator(".grid-row .box").Nth(1).ClickAsync();
        await page.GetByTestId("take-action").ClickAsync();
        await page.GetByTestId("destination-SoftDeleted").CheckAsync();
        await page.GetByTestId("wizard-next").ClickAsync();
        await Assertions.Expect(page.GetByTestId("action-name")).ToHaveValueAsync("Soft delete: 2 messages");
        await page.GetByTestId("action-name").FillAsync("");
        await page.GetByTestId("wizard-next").ClickAsync();
        await page.GetByText("Give the action a name").WaitForAsync();
        await page.GetByTestId("action-name").FillAsync("Purge");
        await page.GetByTestId("wizard-next").ClickAsync();
        await page.GetByTestId("wizard-submit").ClickAsync();
        await page.GetByTestId("to-action-center").ClickAsync();

        await page.GetByTestId("action-flyout").GetByText("Completed").First.WaitForAsync();
        Assert.Equal(2, await page.GetByTestId("entries").Locator("tbody tr").CountAsync());
        await page.GetByTestId("undo").ClickAsync();
        await page.GetByTestId("undo-places").GetByText("Inbox").WaitForAsync();
        await page.GetByTestId("undo-reason").FillAsync("Wrong ones");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByTestId("action-flyout").GetByRole(AriaRole.Heading, new() { Name = "Undo of Purge" }).WaitForAsync();
        await page.GetByTestId("actions").GetByTestId("undone").WaitForAsync();
        await page.GetByTestId("action-flyout").GetByText("Completed").First.WaitForAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Signing_in_works_without_scripts_and_refuses_what_is_wrong()
    {
        await using var host = await PortalHost.StartAsync(10);
        await using var context = await chromium.Browser.NewContextAsync(new() { BaseURL = host.Address, JavaScriptEnabled = false });
        var page = await context.NewPageAsync();

        await page.GotoAsync("/audit");
        await page.GetByLabel("User name").FillAsync("admin");
        await page.GetByLabel("Password").FillAsync("wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        Assert.Equal("The user name or the password is wrong.", await page.GetByTestId("sign-in-message").InnerTextAsync());

        await page.GetByLabel("User name").FillAsync("admin");
        await page.GetByLabel("Password").FillAsync("correct horse");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        Assert.EndsWith("/audit", page.Url, StringComparison.Ordinal);
        Assert.Equal("Audit", await page.Locator("h1").InnerTextAsync());
    }

    [Fact]
    public async Task The_theme_is_kept_and_there_from_the_first_byte()
    {
        await using var host = await PortalHost.StartAsync(10);
        await using var visit = await Visit.StartAsync(chromium.Browser, host.Address, "admin");
        var page = visit.Page;
        await visit.ExplorerAsync();
        await page.GetByTestId("user-menu-button").ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Dark" }).ClickAsync();
        Assert.Equal("dark", await page.Locator("html").GetAttributeAsync("data-theme"));

        var raw = await page.APIRequest.GetAsync("/explorer");

        Assert.Contains("data-theme=\"dark\"", await raw.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_connection_is_said_and_the_query_is_kept()
    {
        await using var host = await PortalHost.StartAsync(500);
        await using var visit = await Visit.StartAsync(chromium.Browser, host.Address, "reader");
        await visit.ExplorerAsync("?range=7d");

        await host.StopAsync();

        await visit.Page.Locator("#components-reconnect-modal .when-trying").WaitForAsync();
        Assert.EndsWith("range=7d", visit.Page.Url, StringComparison.Ordinal);
    }
}
