using Microsoft.Playwright;

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
}
