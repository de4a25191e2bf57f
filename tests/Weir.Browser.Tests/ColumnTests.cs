using Weir.Portal.Tests.Support;

namespace Weir.Browser.Tests;

/// <summary>Columns are the account's, not the browser's.</summary>
public sealed class ColumnTests(Chromium chromium)
{
    [Fact]
    public async Task A_choice_follows_the_account_to_another_browser_and_nobody_else()
    {
        await using var host = await PortalHost.StartAsync(500);
        await using var first = await Visit.StartAsync(chromium.Browser, host.Address, "investigator");
        await first.ExplorerAsync();
        await first.Page.GetByTestId("columns").ClickAsync();
        await first.Page.GetByRole(Microsoft.Playwright.AriaRole.Dialog, new() { Name = "Columns" }).GetByLabel("Email size (bytes)").CheckAsync();
        await HeadAsync(first, "Email size (bytes)", count: 1);
        Assert.DoesNotContain("columns=", first.Page.Url, StringComparison.Ordinal);

        await using var second = await Visit.StartAsync(chromium.Browser, host.Address, "investigator");
        await second.ExplorerAsync();
        await HeadAsync(second, "Email size (bytes)", count: 1);
        await using var other = await Visit.StartAsync(chromium.Browser, host.Address, "reader");
        await other.ExplorerAsync();
        await HeadAsync(other, "Email size (bytes)", count: 0);

        Assert.Empty(first.Complaints.Concat(second.Complaints).Concat(other.Complaints));
    }

    private static Task HeadAsync(Visit visit, string title, int count) =>
        Microsoft.Playwright.Assertions.Expect(visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Columnheader, new() { Name = title })).ToHaveCountAsync(count);
}
