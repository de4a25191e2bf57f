using Microsoft.Playwright;
using Weir.Portal.Tests.Support;

namespace Weir.Browser.Tests;

/// <summary>The editor and the grid of answers under hand and keyboard.</summary>
public sealed class HuntingTests(Chromium chromium, MillionMessages million) : IAsyncLifetime
{
    private Visit _visit = null!;

    private IPage Page => _visit.Page;

    private ILocator Text => Page.Locator(".cm-content");

    public async ValueTask InitializeAsync() => _visit = await Visit.StartAsync(chromium.Browser, million.Host.Address, "reader");

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_visit.Complaints);
        await _visit.DisposeAsync();
    }

    [Fact]
    public async Task Words_of_the_engine_are_completed_a_mistake_is_marked_and_the_query_runs_from_the_keyboard()
    {
        await Page.GotoAsync("/hunting");
        await Page.GetByTestId("editor").WaitForAsync();
        await Text.ClickAsync();
        await Page.Keyboard.TypeAsync("EmailEv");
        await Page.Locator(".cm-tooltip-autocomplete li", new() { HasText = "EmailEvents" }).ClickAsync();
        await Page.Keyboard.TypeAsync(" | where Subjct has 'x'");
        await Page.Keyboard.PressAsync("Escape");
        await Page.Locator(".cm-lintRange-error", new() { HasText = "Subjct" }).WaitForAsync();

        // Letters typed into the editor are no shortcuts.
        Assert.EndsWith("/hunting", Page.Url, StringComparison.Ordinal);
        await Page.Keyboard.PressAsync("Control+a");
        await Page.Keyboard.TypeAsync("EmailEvents\n| project Timestamp, Subject, EmailSize\n| take 250");
        await Page.Keyboard.PressAsync("Escape");
        await Page.Locator(".cm-lintRange-error").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await Text.ClickAsync();
        await Page.Keyboard.PressAsync("Control+Enter");
        await Page.Locator("#answer .grid-row:not(.waiting)").First.WaitForAsync();

        Assert.StartsWith("250 rows", await Page.GetByTestId("answered").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("query=EmailEvents", Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_is_sorted_opened_stepped_through_and_exported()
    {
        await Page.GotoAsync("/hunting?query=" + Uri.EscapeDataString("EmailEvents\n| project NetworkMessageId, Subject, EmailSize\n| take 250"));
        await Page.Locator("#answer .grid-row:not(.waiting)").First.WaitForAsync();
        await Page.GetByRole(AriaRole.Columnheader, new() { Name = "EmailSize" }).ClickAsync();
        await Page.Locator("#answer [aria-sort=ascending]").WaitForAsync();
        await Page.GetByRole(AriaRole.Columnheader, new() { Name = "EmailSize" }).ClickAsync();
        await Page.Locator("#answer [aria-sort=descending]").WaitForAsync();
        await Page.Locator("#answer .grid-row[data-index=\"0\"]:not(.waiting)", new() { HasText = "4449" }).WaitForAsync();

        await Page.Locator("#answer").FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Page.GetByTestId("record").GetByText("4449").WaitForAsync();
        await Page.Keyboard.PressAsync("j");
        await Page.GetByTestId("record").GetByText("4448").WaitForAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Page.GetByTestId("record").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Equal("answer", await Page.EvaluateAsync<string>("() => document.activeElement.id"));

        var download = await Page.RunAndWaitForDownloadAsync(() => Page.GetByTestId("export-answer").ClickAsync());
        Assert.Equal(251, (await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken)).Length);
    }

    [Theory]
    [InlineData("timechart")]
    [InlineData("linechart")]
    [InlineData("areachart")]
    [InlineData("columnchart")]
    [InlineData("barchart")]
    [InlineData("piechart")]
    public async Task Render_draws_its_chart_above_the_rows(string kind)
    {
        await Page.GotoAsync("/hunting?query=" + Uri.EscapeDataString($"EmailEvents\n| summarize count() by ThreatTypes\n| render {kind}"));
        await Page.Locator("#answer-chart canvas").WaitForAsync();
        await Page.Locator("#answer .grid-row:not(.waiting)").First.WaitForAsync();
        await _visit.LooksAsync($"hunting-{kind}");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Chart", Exact = true }).ClickAsync();
        await Page.GetByTestId("answer-chart").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    [Fact]
    public async Task A_query_is_kept_opened_changed_and_deleted()
    {
        await using var host = await PortalHost.StartAsync(300);
        await using var visit = await Visit.StartAsync(chromium.Browser, host.Address, "reader");
        var page = visit.Page;
        await page.GotoAsync("/hunting?query=" + Uri.EscapeDataString("EmailEvents\n| project Subject\n| take 3"));
        await page.Locator("#answer .grid-row:not(.waiting)").First.WaitForAsync();

        // A reader keeps what is theirs; sharing is another right, and the box says whose.
        await page.GetByTestId("save").ClickAsync();
        await Assertions.Expect(page.GetByTestId("query-shared")).ToBeDisabledAsync();
        await page.GetByTestId("query-save").ClickAsync();
        await page.GetByRole(AriaRole.Alert).GetByText("Give the query a name.").WaitForAsync();
        await page.GetByTestId("query-name").FillAsync("Three <b>subjects</b>");
        await page.GetByTestId("query-description").FillAsync("To try it");
        await visit.LooksAsync("hunting-save");
        await page.GetByTestId("query-save").ClickAsync();
        await page.GetByTestId("saved-as").GetByText("Saved as “Three <b>subjects</b>”").WaitForAsync();
        await visit.IsAtAsync("*&saved=*");
        await visit.LooksAsync("hunting-saved");

        await page.GotoAsync("/hunting");
        await page.GetByTestId("show-saved").ClickAsync();
        await page.GetByTestId("saved-query").GetByRole(AriaRole.Link).ClickAsync();
        await page.Locator("#answer .grid-row:not(.waiting)").First.WaitForAsync();
        Assert.StartsWith("3 rows", await page.GetByTestId("answered").InnerTextAsync(), StringComparison.Ordinal);

        await page.GetByTestId("change-query").ClickAsync();
        await page.GetByTestId("query-name").FillAsync("Three subjects");
        await page.GetByTestId("query-save").ClickAsync();
        await page.GetByTestId("saved-query").GetByText("Three subjects", new() { Exact = true }).WaitForAsync();
        await page.GetByTestId("delete-query").ClickAsync();
        await page.GetByTestId("delete-query-confirm").ClickAsync();
        await page.GetByTestId("saved-query").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_shared_query_is_found_by_others_with_its_author()
    {
        await using var host = await PortalHost.StartAsync(300);
        await using (var admin = await Visit.StartAsync(chromium.Browser, host.Address, "admin"))
        {
            await admin.Page.GotoAsync("/hunting?query=" + Uri.EscapeDataString("EmailEvents\n| take 2"));
            await admin.Page.GetByTestId("save").ClickAsync();
            await admin.Page.GetByTestId("query-name").FillAsync("For everybody");
            await admin.Page.GetByTestId("query-shared").CheckAsync();
            await admin.Page.GetByTestId("query-save").ClickAsync();
            await admin.Page.GetByTestId("saved-as").GetByText("Saved as").WaitForAsync();
        }

        await using var reader = await Visit.StartAsync(chromium.Browser, host.Address, "reader");
        await reader.Page.GotoAsync("/hunting");
        await reader.Page.GetByTestId("show-saved").ClickAsync();
        await reader.Page.GetByTestId("find-query").FillAsync("ada min");
        await reader.Page.GetByTestId("saved-query").GetByText("By Ada Min").WaitForAsync();
        Assert.Equal(0, await reader.Page.GetByTestId("delete-query").CountAsync());
        Assert.Empty(reader.Complaints);
    }
}
