using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Weir.Browser.Tests.Chromium))]

namespace Weir.Browser.Tests;

/// <summary>One Chromium for the whole run, Debian's.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";

    private static readonly string[] Quiet =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public IBrowser Browser
    {
        get
        {
            Assert.SkipWhen(_browser is null, "Chromium is not installed (apt-get install -y chromium).");
            return _browser!;
        }
    }

    public static string Screenshots { get; } = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "screenshots");

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Executable))
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = Quiet, Headless = true });
        System.IO.Directory.CreateDirectory(Screenshots);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }
}
