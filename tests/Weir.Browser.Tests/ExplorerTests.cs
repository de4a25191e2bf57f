using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using Weir.Portal.Tests.Support;

namespace Weir.Browser.Tests;

/// <summary>The grid of a million rows under hand and keyboard.</summary>
public sealed class ExplorerTests(Chromium chromium, MillionMessages million) : IAsyncLifetime
{
    private Visit _visit = null!;

    private IPage Page => _visit.Page;

    private ILocator Active => Page.Locator(".grid-row.active");

    public async ValueTask InitializeAsync()
    {
        _visit = await Visit.StartAsync(chromium.Browser, million.Host.Address, "investigator");
        await _visit.ExplorerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_visit.Complaints);
        await _visit.DisposeAsync();
    }

    [Fact]
    public async Task A_query_that_fails_shows_no_rows_and_no_chart_of_the_one_before()
    {
        await using var host = await PortalHost.StartAsync(500);
        await using var visit = await Visit.StartAsync(chromium.Browser, host.Address, "investigator");
        await visit.ExplorerAsync();
        await visit.Page.Locator("#chart canvas").WaitForAsync();

        await visit.Page.GetByTestId("search").FillAsync("fails-to-compile");
        await visit.Page.Keyboard.PressAsync("Enter");

        await visit.Page.GetByTestId("no-answer").WaitForAsync();
        await Assertions.Expect(visit.Page.GetByTestId("grid")).ToBeHiddenAsync();
        Assert.Equal(0, await visit.Page.Locator("#chart").CountAsync());
    }

    [Fact]
    public async Task The_keyboard_reaches_every_row()
    {
        await Page.GetByTestId("grid").FocusAsync();

        await Page.Keyboard.PressAsync("ArrowDown");
        await AtAsync(1);
        await Page.Keyboard.PressAsync("Control+End");
        await AtAsync(999_999);
        await Page.Keyboard.PressAsync("PageUp");
        Assert.InRange(await IndexAsync(), 999_900, 999_998);
        await Page.Keyboard.PressAsync("Control+Home");
        await AtAsync(0);
        await Page.Keyboard.PressAsync("PageDown");
        Assert.InRange(await IndexAsync(), 5, 40);
    }

    [Fact]
    public async Task Scrolling_to_the_middle_is_quick_and_draws_few_rows()
    {
        var watch = Stopwatch.StartNew();
        await Page.EvalOnSelectorAsync("#messages", "grid => { grid.scrollTop = (grid.scrollHeight - grid.clientHeight) / 2; }");
        await Page.WaitForFunctionAsync("() => [...document.querySelectorAll('.grid-row')].some(row => Number(row.dataset.index) > 499000 && !row.classList.contains('waiting'))");
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"row 500,000 after {watch.ElapsedMilliseconds} ms"));

        var rows = await Page.Locator(".grid-row").EvaluateAllAsync<int[]>("rows => rows.map(row => Number(row.dataset.index))");
        Assert.InRange(rows.Min(), 499_000, 501_000);
        Assert.InRange(rows.Length, 5, 60);
        Assert.Single(await Page.Locator(".grid-row").EvaluateAllAsync<double[]>("rows => [...new Set(rows.map(row => row.getBoundingClientRect().height))]"));
    }

    [Fact]
    public async Task Enter_opens_j_and_k_step_and_Escape_returns_to_the_row()
    {
        await Page.GetByTestId("grid").FocusAsync();
        await Page.Keyboard.PressAsync("ArrowDown");
        await Page.Keyboard.PressAsync("Enter");
        await Page.GetByTestId("summary-panel").GetByText(FakeMail.IdOf(1)).WaitForAsync();

        await Page.Keyboard.PressAsync("j");
        await Page.GetByTestId("summary-panel").GetByText(FakeMail.IdOf(2)).WaitForAsync();
        await Page.Keyboard.PressAsync("k");
        await Page.GetByTestId("summary-panel").GetByText(FakeMail.IdOf(1)).WaitForAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Page.GetByTestId("summary-panel").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        Assert.Equal("messages", await Page.EvaluateAsync<string>("() => document.activeElement.id"));
        Assert.Equal(1, await IndexAsync());
    }

    [Fact]
    public async Task Selecting_says_how_many()
    {
        await Page.GetByTestId("grid").FocusAsync();
        await Page.Keyboard.PressAsync("Space");
        await SelectedAsync("1 selected");
        await Page.Keyboard.PressAsync("Shift+ArrowDown");
        await Page.Keyboard.PressAsync("Shift+ArrowDown");
        await SelectedAsync("3 selected");
        await Page.Keyboard.PressAsync("Control+a");
        await SelectedAsync("All 1,000,000 messages that match are selected");
        await Page.Keyboard.PressAsync("Space");
        await SelectedAsync("999,999 selected");
        Assert.True(await Page.GetByTestId("take-action").IsDisabledAsync());
        Assert.Contains("At most 200,000", await Page.GetByTestId("take-action").GetAttributeAsync("title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_matches_goes_into_the_wizard_except_what_was_unticked()
    {
        await using var host = await PortalHost.StartAsync(60_000);
        await using var visit = await Visit.StartAsync(chromium.Browser, host.Address, "investigator");
        await visit.ExplorerAsync();
        await visit.Page.GetByTestId("grid").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Control+a");
        await visit.Page.Keyboard.PressAsync("Space");
        await visit.Page.GetByTestId("selected").GetByText("59,999 selected", new() { Exact = true }).WaitForAsync();

        await visit.Page.GetByTestId("take-action").ClickAsync();
        await visit.Page.GetByTestId("take-action-dialog").GetByText("Move or delete 59,999 messages").WaitForAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_ticked_row_is_the_message_that_was_drawn_there_whatever_comes_in()
    {
        await using var host = await PortalHost.StartAsync(5_000);
        await using var visit = await Visit.StartAsync(chromium.Browser, host.Address, "investigator");
        await visit.ExplorerAsync();
        await visit.Page.Locator(".grid-row[data-index='2'] .box").ClickAsync();
        await visit.Page.GetByTestId("selected").GetByText("1 selected", new() { Exact = true }).WaitForAsync();

        // Far enough that the page of the row is no longer kept; then mail comes in.
        for (var page = 1; page <= 12; page++)
        {
            await visit.Page.EvalOnSelectorAsync("#messages", "(grid, row) => { grid.scrollTop = row * 32; }", page * 100);
            await visit.Page.Locator($".grid-row[data-index='{(page * 100) + 2}']:not(.waiting)").WaitForAsync();
        }

        host.Questions.CameIn = 1;
        await visit.Page.GetByTestId("take-action").ClickAsync();
        await visit.Page.GetByTestId("wizard-next").ClickAsync();

        var expected = (string)new FakeMail(5_000, DateTimeOffset.UnixEpoch, TimeSpan.FromHours(24)).Cell(2, "RecipientEmailAddress")!;
        Assert.Contains(expected, await visit.Page.GetByTestId("target-line").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task From_a_message_one_goes_back_to_the_results_and_the_row_one_left()
    {
        await Page.EvalOnSelectorAsync("#messages", "grid => { grid.scrollTop = (grid.scrollHeight - grid.clientHeight) / 2; }");
        await Page.WaitForFunctionAsync("() => [...document.querySelectorAll('.grid-row')].some(row => Number(row.dataset.index) > 499000 && !row.classList.contains('waiting'))");
        var row = Page.Locator(".grid-row:not(.waiting)").Nth(8);
        var index = await row.GetAttributeAsync("data-index");
        await row.Locator(".subject .text").ClickAsync();
        await Page.GetByTestId("open-entity").ClickAsync();
        await Page.GetByTestId("tab-headers").ClickAsync();
        await Page.GetByTestId("header-text").WaitForAsync();

        await Page.GetByTestId("back").ClickAsync();

        await _visit.IsAtAsync("/explorer?message=*");
        await Page.Locator($".grid-row.open[data-index='{index}']:not(.waiting)").WaitForAsync();
        await Page.GetByTestId("summary-panel").WaitForAsync();
    }

    [Fact]
    public async Task Similar_mail_is_filtered_opened_in_Explorer_and_exported()
    {
        await Page.GotoAsync($"/email/{FakeMail.IdOf(7)}?recipient=i.garcia@weir.example&tab=similar");
        await Page.GetByTestId("similar").WaitForAsync();
        await Page.GetByTestId("find-similar").FillAsync("invoice");
        await Page.GetByTestId("find-similar").PressAsync("Enter");
        await Page.GetByTestId("similar-span").SelectOptionAsync("7");
        await Page.GetByTestId("similar-count").GetByText("The newest 100").WaitForAsync();
        await AskedAsync("| where EmailClusterId in (8111222333451)\n| where (Subject contains 'invoice'");
        Assert.StartsWith("/explorer/export?from=", await Page.GetByTestId("similar-export").GetAttributeAsync("href"), StringComparison.Ordinal);

        await Page.GetByTestId("similar-explorer").ClickAsync();
        await _visit.IsAtAsync("/explorer?from=*");
        Assert.Contains("Cluster ID", await Page.GetByTestId("chip").First.InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_name_a_message_borrows_leads_to_all_that_borrow_it()
    {
        await Page.GotoAsync($"/email/{FakeMail.IdOf(10)}?recipient=anna.schmidt@weir.example&tab=analysis");
        await Page.GetByText("Anna Schmidt <anna.schmidt@weir.example>", new() { Exact = true }).WaitForAsync();
        await Page.GetByTitle("All mail that borrows this domain, last 30 days").ClickAsync();
        await _visit.IsAtAsync("/explorer?range=30d*");
        Assert.Equal("Impersonated domain is weir.example", (await Page.GetByTestId("chip").First.InnerTextAsync()).ReplaceLineEndings(" ").Trim());
        await AskedAsync("tostring(parse_json(AdditionalFields).ImpersonatedDomains) contains '\"weir.example\"'");
    }

    [Fact]
    public async Task The_timeline_is_searched_and_turned_round()
    {
        await Page.GotoAsync($"/email/{FakeMail.IdOf(3)}?recipient=i.garcia@weir.example&tab=timeline");
        await Page.GetByTestId("timeline").WaitForAsync();
        await Page.GetByTestId("timeline").GetByRole(AriaRole.Button).ClickAsync();
        await Page.Locator("[aria-sort=descending]").WaitForAsync();
        Assert.Contains("Manual remediation", await Page.GetByTestId("timeline").Locator("tbody tr").First.InnerTextAsync(), StringComparison.Ordinal);
        await Page.GetByTestId("find-timeline").FillAsync("mara");
        await Page.GetByTestId("timeline-count").GetByText("1 of 5 entries").WaitForAsync();
        Assert.EndsWith("&find=mara", await Page.GetByTestId("timeline-export").GetAttributeAsync("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_telephone_the_threat_stands_before_the_subject()
    {
        await using var visit = await Visit.StartAsync(chromium.Browser, million.Host.Address, "reader", width: 420, height: 800);
        await visit.ExplorerAsync();
        var threat = visit.Page.Locator(".grid-row:not(.waiting) .grid-cell.badge").First;
        var subject = visit.Page.Locator(".grid-row:not(.waiting) .grid-cell.subject").First;
        var (left, right) = (await threat.BoundingBoxAsync(), await subject.BoundingBoxAsync());
        Assert.InRange(left!.X, 20, 80);
        Assert.InRange(right!.X, left.X + left.Width - 1, left.X + left.Width + 1);
        Assert.InRange(right.X + right.Width, 300, 420);

        // Turned round, everything stands in its usual order again.
        await visit.Page.SetViewportSizeAsync(1200, 420);
        await visit.Page.WaitForFunctionAsync("() => document.querySelector('.grid-row .badge').getBoundingClientRect().x > document.querySelector('.grid-row .subject').getBoundingClientRect().x");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task What_the_host_says_is_followed_until_it_is_over()
    {
        await using var host = await PortalHost.StartAsync(500);
        host.Notice.Text = "The demo is filling: 41 %.";
        await using var visit = await Visit.StartAsync(chromium.Browser, host.Address, "reader");
        await visit.ExplorerAsync();
        await visit.Page.GetByTestId("host-notice").GetByText("41 %").WaitForAsync();
        host.Notice.Text = "The demo is filling: 99 %.";
        await visit.Page.GetByTestId("host-notice").GetByText("99 %").WaitForAsync();
        await visit.LooksAsync("explorer-filling");

        var asked = host.Questions.Asked.Count;
        host.Notice.Text = null;
        await visit.Page.GetByTestId("host-notice").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        for (var i = 0; i < 100 && host.Questions.Asked.Count == asked; i++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.True(host.Questions.Asked.Count > asked, "What came in meanwhile is not shown.");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_button_that_is_off_says_why_to_those_who_hear_the_page()
    {
        var button = Page.GetByTestId("take-action");
        await Assertions.Expect(button).ToHaveAccessibleDescriptionAsync("Select messages first.");
        await button.FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        Assert.False(await Page.GetByTestId("take-action-dialog").IsVisibleAsync());
        await Page.Locator(".grid-row[data-index='1'] .box").ClickAsync();
        await Assertions.Expect(button).ToHaveAccessibleDescriptionAsync("");
    }

    [Fact]
    public async Task The_panel_pushes_the_grid_and_the_address_brings_it_back()
    {
        await Page.Locator(".grid-cell.subject .text").Nth(2).ClickAsync();
        await Page.GetByTestId("summary-panel").GetByText(FakeMail.IdOf(2)).WaitForAsync();
        var grid = await Page.GetByTestId("grid-frame").BoundingBoxAsync();
        var panel = await Page.GetByTestId("summary-panel").BoundingBoxAsync();
        Assert.True(grid!.X + grid.Width <= panel!.X + 1);

        await Page.ReloadAsync();
        await Page.GetByTestId("summary-panel").GetByText(FakeMail.IdOf(2)).WaitForAsync();
    }

    [Fact]
    public async Task A_filter_is_built_run_shared_and_opened_as_KQL()
    {
        await Page.GetByTestId("grid").FocusAsync();
        await Page.Keyboard.PressAsync("f");
        await Page.GetByLabel("Property").SelectOptionAsync("subject");
        await Page.GetByTestId("condition-values").FillAsync("O'Brien <script>");
        await Page.GetByTestId("condition-apply").ClickAsync();
        await Page.GetByTestId("chip").WaitForAsync();
        await Page.Keyboard.PressAsync("Control+Enter");
        await _visit.IsAtAsync("*q=*");
        await Page.Locator(".grid-row:not(.waiting)").First.WaitForAsync();
        await AskedAsync(@"| where Subject contains 'O\'Brien <script>'");

        await Page.ReloadAsync();
        Assert.Contains("O'Brien <script>", await Page.GetByTestId("chip").InnerTextAsync(), StringComparison.Ordinal);
        await Page.Locator(".grid-row:not(.waiting)").First.WaitForAsync();
        await Page.GetByTestId("open-as-kql").ClickAsync();
        await Page.GetByTestId("answer").WaitForAsync();
        Assert.Contains(@"Subject contains 'O\'Brien <script>'", await Page.GetByTestId("kql").InputValueAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_sorts_and_says_so()
    {
        await Page.GetByRole(AriaRole.Columnheader, new() { Name = "Date" }).ClickAsync();
        await Page.Locator("[aria-sort=ascending]").WaitForAsync();
        await Page.Locator(".grid-row:not(.waiting)").First.WaitForAsync();

        Assert.Contains("sort=date", Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shortcuts_lead_through_the_pages()
    {
        await Page.Keyboard.PressAsync("?");
        await Page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" }).WaitForAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Page.Keyboard.PressAsync("c");
        await Page.GetByTestId("chart").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await Page.Keyboard.PressAsync("g");
        await Page.Keyboard.PressAsync("h");
        await _visit.IsAtAsync("/hunting");
        await Page.Locator("h1:focus", new() { HasText = "Hunting" }).WaitForAsync();
        await Page.Keyboard.PressAsync("/");
        await Page.Keyboard.TypeAsync("evil.example");
        await Assertions.Expect(Page.GetByTestId("search")).ToHaveValueAsync("evil.example");
        await Page.Keyboard.PressAsync("Enter");
        await _visit.IsAtAsync("/explorer?range=30d*");
        Assert.Contains("Sender domain", await Page.GetByTestId("chip").First.InnerTextAsync(), StringComparison.Ordinal);
    }

    private async Task<int> IndexAsync() => int.Parse((await Active.GetAttributeAsync("data-index"))!, CultureInfo.InvariantCulture);

    private async Task AtAsync(int index) => await Page.Locator($".grid-row.active[data-index=\"{index}\"]:not(.waiting)").WaitForAsync();

    /// <summary>Rows of the view before stay until the new ones are there, so that what was asked is waited for by itself.</summary>
    private async Task AskedAsync(string part)
    {
        for (var i = 0; i < 200 && !million.Host.Questions.Asked.Any(kql => kql.Contains(part, StringComparison.Ordinal)); i++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Contains(million.Host.Questions.Asked, kql => kql.Contains(part, StringComparison.Ordinal));
    }

    private async Task SelectedAsync(string text) => await Page.GetByTestId("selected").GetByText(text, new() { Exact = true }).WaitForAsync();
}
