using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;

namespace Weir.Browser.Tests;

/// <summary>An account that sent too much, as the administrator finds and releases it.</summary>
public sealed class RestrictedTests(Chromium chromium) : IAsyncLifetime
{
    private const string Password = "correct horse battery";
    private const string Hostile = "<img src=x onerror=alert(1)>@harbour.example";

    private readonly string _data = TestRun.NewFolder("restricted");
    private RunningWeir? _weir;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(chromium.Browser is null, "There is no browser.");
        Assert.Equal(0, (await WeirProgram.RunAsync("policy", "mode", "on", "--data", _data)).Code);
        Assert.Equal(0, (await WeirProgram.RunAsync("restricted", "limits", "--messages-per-hour", "3", "--data", _data)).Code);
        foreach (var (name, role) in new[] { ("boss", "Security Administrator"), ("reader", "Security Reader") })
        {
            Assert.Equal(0, (await WeirProgram.RunWithInputAsync(Password + "\n", "account", "add", name, "--role", role, "--data", _data)).Code);
        }

        var port = FreePort();
        await File.WriteAllTextAsync(Path.Combine(_data, "weir.json"), $$"""{ "detection": { "model": "none" }, "milter": { "listen": "inet:127.0.0.1:{{port}}" } }""", TestContext.Current.CancellationToken);
        _weir = await RunningWeir.StartAsync(_data);
        foreach (var account in new[] { "anna.berg@harbour.example", Hostile })
        {
            for (var i = 0; i < 4; i++)
            {
                await Milter.SubmitAsync(port, "anna.berg@harbour.example", "customer@outside.example", "Offer", "Our offer.", account);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_weir is not null)
        {
            await _weir.DisposeAsync();
        }

        System.IO.Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task An_account_over_its_limit_is_listed_with_the_numbers_and_released_with_a_reason()
    {
        await using var visit = await Visit.StartAsync(chromium.Browser, _weir!.Address.ToString(), "boss", password: Password);
        var page = visit.Page;
        await page.GotoAsync("/restricted-users");
        await Assertions.Expect(page.GetByTestId("restricted-count")).ToHaveTextAsync("2 accounts are stopped from sending");
        var row = page.GetByTestId("restricted").Locator("tbody tr").Filter(new() { HasText = "anna.berg" });
        await Assertions.Expect(row).ToContainTextAsync("4 messages in an hour; 3 are allowed");
        await visit.SeeAsync("restricted-users");

        await row.GetByTestId("release").ClickAsync();
        await Assertions.Expect(page.GetByTestId("release-confirm")).ToBeDisabledAsync();
        await page.GetByTestId("release-reason").FillAsync("password changed");
        await page.GetByTestId("release-confirm").ClickAsync();
        await Assertions.Expect(page.GetByTestId("said")).ToContainTextAsync("anna.berg@harbour.example may send again");
        await Assertions.Expect(page.GetByTestId("restricted-count")).ToHaveTextAsync("1 account is stopped from sending");

        await page.GetByTestId("limits-account").FillAsync("printer@harbour.example");
        await page.GetByTestId("limits-never").CheckAsync();
        await page.GetByTestId("limits-save").ClickAsync();
        await Assertions.Expect(page.GetByTestId("limits")).ToContainTextAsync("printer@harbour.example");

        await page.GotoAsync("/alerts");
        await Assertions.Expect(page.GetByTestId("alerts")).ToContainTextAsync("User restricted from sending email");
        await page.GotoAsync("/other-filter");
        await page.GetByTestId("empty").WaitForAsync();
        await visit.SeeAsync("other-filter");

        var listed = await WeirProgram.RunAsync("restricted", "list", "--data", _data);
        Assert.DoesNotContain("anna.berg", listed.Output, StringComparison.Ordinal);
        Assert.Contains("onerror", listed.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await WeirProgram.RunAsync("restricted", "release", Hostile, "--data", _data)).Code);
        Assert.Equal(0, (await WeirProgram.RunAsync("restricted", "release", Hostile, "--reason", "test", "--data", _data)).Code);
    }

    [Fact]
    public async Task Who_may_only_look_sees_no_buttons()
    {
        await using var visit = await Visit.StartAsync(chromium.Browser, _weir!.Address.ToString(), "reader", password: Password);
        await visit.Page.GotoAsync("/restricted-users");
        await visit.Page.GetByTestId("restricted").WaitForAsync();

        Assert.Equal(0, await visit.Page.GetByTestId("release").CountAsync());
        Assert.Equal(0, await visit.Page.GetByTestId("limits-form").CountAsync());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
