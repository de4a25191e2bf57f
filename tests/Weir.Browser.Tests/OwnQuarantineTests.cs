using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Weir.Browser.Tests;

/// <summary>Mail held from a recipient, as they see it without an account: by a link of one use that a button opens.</summary>
public sealed partial class OwnQuarantineTests(Chromium chromium) : IAsyncLifetime
{
    private const string Tom = "tom.weber@harbour.example";
    private const string Hostile = "<img src=x onerror=alert(1)> \u202Egnp.exe";

    private static readonly string Gtube = string.Concat("XJS*C4JDBQADN1.NSBN3*2IDNEN*", "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X");

    private readonly string _data = TestRun.NewFolder("mine");
    private readonly SmallMailServer _server = new();
    private RunningWeir? _weir;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(chromium.Browser is null, "There is no browser.");
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(_data, "organisation")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "domains.csv"), "domain,kind\nharbour.example,own\n", Token);
        await File.WriteAllTextAsync(Path.Combine(folder, "people.csv"), $"address,displayName\n{Tom},Tom Weber\n", Token);
        foreach (var words in (string[][])[["directory", "import", folder], ["policy", "preset", "strict", "on"], ["policy", "mode", "on"]])
        {
            var done = await WeirProgram.RunAsync([.. words, "--data", _data]);
            Assert.True(done.Code == 0, done.Output + done.Errors);
        }

        var milter = FreePort();
        await File.WriteAllTextAsync(
            Path.Combine(_data, "weir.json"),
            $$"""{ "detection": { "model": "none" }, "milter": { "listen": "inet:127.0.0.1:{{milter}}" }, "sending": { "host": "127.0.0.1", "port": {{_server.Port}}, "from": "weir@harbour.example", "portalUrl": "https://weir.harbour.example" } }""",
            Token);
        _weir = await RunningWeir.StartAsync(_data);
        foreach (var subject in new[] { Hostile, "Great offer" })
        {
            await Milter.SubmitAsync(milter, "seller@shop.example", Tom, subject, Gtube);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_weir is not null)
        {
            await _weir.DisposeAsync();
        }

        await _server.DisposeAsync();
        System.IO.Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Demand_23_a_link_opens_a_page_with_a_button_works_once_and_shows_only_ones_own()
    {
        await using var visit = await Visit.StartAsync(chromium.Browser!, _weir!.Address.ToString(), user: null);
        var page = visit.Page;
        await page.GotoAsync("/quarantine/mine");
        await page.GetByTestId("address").FillAsync(Tom);
        await visit.SeeAsync("mine-ask");
        await page.GetByTestId("send-link").ClickAsync();
        await Assertions.Expect(page.GetByTestId("said")).ToContainTextAsync("If this address is of this organisation");
        var mail = await _server.WaitForAsync(Tom, "Your link to your quarantine");
        var link = Link().Match(mail.TextBody!).Value;

        // A scanner that follows the link, by GET or HEAD, uses nothing up.
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(200, (await page.APIRequest.GetAsync(link)).Status);
            Assert.Equal(200, (await page.APIRequest.HeadAsync(link)).Status);
        }

        await page.GotoAsync(link);
        await visit.SeeAsync("mine-enter");
        await page.GetByTestId("enter").ClickAsync();
        await Assertions.Expect(page.GetByTestId("held")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("[U+202E]gnp.exe");
        await visit.SeeAsync("mine");

        var offer = page.GetByTestId("held").Filter(new() { HasText = "Great offer" });
        var preview = await offer.GetByTestId("preview").GetAttributeAsync("href");
        var shown = await page.APIRequest.GetAsync(preview!);
        Assert.Contains("sandbox", shown.Headers["content-security-policy"], StringComparison.Ordinal);
        await offer.GetByTestId("release").ClickAsync();
        await Assertions.Expect(page.GetByTestId("said")).ToHaveTextAsync("It is on its way to your inbox.");
        Assert.Equal("Great offer", (await _server.WaitForAsync(Tom, "Great offer")).Subject);
        await page.GetByTestId("held").Filter(new() { HasText = "gnp.exe" }).GetByTestId("delete").ClickAsync();
        await Assertions.Expect(page.GetByTestId("said")).ToHaveTextAsync("It is deleted.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Leave" }).ClickAsync();

        await page.GotoAsync(link);
        await page.GetByTestId("enter").ClickAsync();
        await Assertions.Expect(page.GetByTestId("said")).ToContainTextAsync("used before");
        await page.GotoAsync(link[..^3] + "AAA");
        await page.GetByTestId("bad-link").WaitForAsync();
        await page.GotoAsync("/quarantine");
        // No account was made: whoever holds a link gets nowhere else.
        await visit.IsAtAsync("/setup");
        Assert.Empty(visit.Complaints);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"/quarantine/mine\?link=\S+", RegexOptions.None, 1_000)]
    private static partial Regex Link();
}
