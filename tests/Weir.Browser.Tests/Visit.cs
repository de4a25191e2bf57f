using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Weir.Browser.Tests;

/// <summary>A signed-in browser window that notes every violation of the content security policy and every script error.</summary>
internal sealed class Visit(IBrowserContext context, IPage page) : IAsyncDisposable
{
    private static readonly AxeRunOptions Everything = new() { ResultTypes = [ResultType.Violations] };
    private static readonly AxeRunOptions Contrast = new() { ResultTypes = [ResultType.Violations], RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] } };

    public IPage Page => page;

    /// <summary>What the console complained about: CSP violations and uncaught errors.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<Visit> StartAsync(IBrowser browser, string address, string? user, int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light, string password = "correct horse")
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = address,
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = scheme,
            TimezoneId = "Europe/Berlin",
            ReducedMotion = ReducedMotion.Reduce,
        });
        await context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(20_000);
        var visit = new Visit(context, page);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                visit.Complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => visit.Complaints.Add(error);
        if (user is not null)
        {
            await page.GotoAsync("/sign-in");
            await page.GetByLabel("User name").FillAsync(user);
            await page.GetByLabel("Password").FillAsync(password);
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            await visit.IsAtAsync("/explorer");
        }

        return visit;
    }

    /// <summary>Opens Explorer and waits for its first rows.</summary>
    public async Task ExplorerAsync(string query = "")
    {
        await page.GotoAsync("/explorer" + query);
        await page.Locator(".grid-row:not(.waiting)").First.WaitForAsync();
    }

    /// <summary>Waits until the address, without the host, is as described; <c>*</c> stands for anything.</summary>
    /// <remarks>The browser is asked again and again: WaitForURL misses an address that changes between its look and its listening.</remarks>
    public Task IsAtAsync(string address)
    {
        var pattern = string.Join(".*", address.Split('*').Select(Regex.Escape));
        return Assertions.Expect(page).ToHaveURLAsync(new Regex($"^https?://[^/]+{pattern}$", RegexOptions.None, TimeSpan.FromSeconds(1)), new() { Timeout = 30_000 });
    }

    /// <summary>Screenshots of what is shown now: light, dark and narrow, without loading it again. It ends light and wide.</summary>
    /// <param name="inLight">Done while it is light.</param>
    /// <param name="inDark">Done while it is dark.</param>
    public async Task LooksAsync(string name, Func<Task>? inLight = null, Func<Task>? inDark = null)
    {
        await SettleAsync();
        await ScreenshotAsync($"{name}-light");
        await (inLight?.Invoke() ?? Task.CompletedTask);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await SettleAsync();
        await ScreenshotAsync($"{name}-dark");
        await (inDark?.Invoke() ?? Task.CompletedTask);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        var wide = page.ViewportSize!;
        await page.SetViewportSizeAsync(390, 844);
        await SettleAsync();
        await ScreenshotAsync($"{name}-narrow");
        var width = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
        Assert.True(width <= 390, $"{page.Url} is {width} pixels wide on a window of 390");
        await page.SetViewportSizeAsync(wide.Width, wide.Height);
        await SettleAsync();
    }

    /// <summary>As <see cref="LooksAsync"/>, and axe finds nothing: everything while it is light, the contrasts while it is dark.</summary>
    public Task SeeAsync(string name) => LooksAsync(name, () => AxeAsync(Everything), () => AxeAsync(Contrast));

    private async Task AxeAsync(AxeRunOptions options)
    {
        var seen = await page.RunAxe(options);
        Assert.Empty(seen.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{page.Url} {violation.Id}: {node.Html}")));
    }

    /// <summary>Waits until what changed is drawn: charts and grids follow the size of the window in the frame after.</summary>
    private async Task SettleAsync() => await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))");

    public Task<byte[]> ScreenshotAsync(string name) => page.ScreenshotAsync(new() { Path = Path.Combine(Chromium.Screenshots, name + ".png") });

    public async ValueTask DisposeAsync()
    {
        // What was on the screen last helps to understand a failure.
        if (!page.IsClosed)
        {
            await ScreenshotAsync("last-seen");
        }

        await context.CloseAsync();
    }
}
