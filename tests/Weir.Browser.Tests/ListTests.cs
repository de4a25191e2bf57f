using Microsoft.Playwright;

namespace Weir.Browser.Tests;

/// <summary>The allow/block list as an administrator uses it: from a message to a block, its effect before it is saved, taken out and put back, many lines at once.</summary>
public sealed class ListTests(Chromium chromium) : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    private readonly string _data = TestRun.NewFolder("lists");
    private RunningWeir? _weir;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(chromium.Browser is null, "There is no browser.");
        var mail = System.IO.Directory.CreateDirectory(Path.Combine(_data, "mail")).FullName;
        await File.WriteAllTextAsync(Path.Combine(_data, "weir.json"), """{ "detection": { "model": "none" } }""", TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
        {
            await File.WriteAllTextAsync(Path.Combine(mail, $"{i}.eml"), Mail($"<b>Offer {i}</b>"), TestContext.Current.CancellationToken);
        }

        var ended = await WeirProgram.RunAsync("import", mail, "--data", _data);
        Assert.True(ended.Code == 0, ended.Output + ended.Errors);
        foreach (var (name, role) in new[] { ("boss", "Security Administrator"), ("reader", "Security Reader") })
        {
            Assert.Equal(0, (await WeirProgram.RunWithInputAsync(Password + "\n", "account", "add", name, "--role", role, "--data", _data)).Code);
        }

        _weir = await RunningWeir.StartAsync(_data);
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
    public async Task A_sender_is_blocked_from_a_message_and_the_effect_is_seen_first()
    {
        await using var visit = await Visit.StartAsync(chromium.Browser, _weir!.Address.ToString(), "boss", password: Password);
        var page = visit.Page;
        await page.GotoAsync("/allow-block");
        await page.GetByTestId("empty").WaitForAsync();
        await visit.SeeAsync("list-empty");
        await visit.ExplorerAsync();
        await page.Locator(".grid-cell.subject .text").First.ClickAsync();
        await page.GetByTestId("open-entity").ClickAsync();
        await page.GetByTestId("block-domain").ClickAsync();

        await Assertions.Expect(page.GetByTestId("entry-value")).ToHaveValueAsync("elsewhere.example");
        await page.GetByTestId("entry-note").FillAsync("<img src=x onerror=alert(1)>");
        await page.GetByTestId("entry-next").ClickAsync();
        await Assertions.Expect(page.GetByTestId("effect")).ToContainTextAsync("3 messages would have had another verdict, of 3 messages to 3 recipients");
        await visit.SeeAsync("list-effect");
        await page.GetByTestId("entry-save").ClickAsync();
        await Assertions.Expect(page.GetByTestId("said")).ToContainTextAsync("elsewhere.example is blocked, in force now.");
        await Assertions.Expect(page.GetByTestId("entries")).ToContainTextAsync("<img src=x onerror=alert(1)>");
        await visit.SeeAsync("list");

        await page.GetByTestId("remove").ClickAsync();
        await Assertions.Expect(page.GetByTestId("said")).ToContainTextAsync("1 entry was taken out.");
        await page.GetByTestId("undo").ClickAsync();
        await Assertions.Expect(page.GetByTestId("entries")).ToContainTextAsync("elsewhere.example");
        Assert.Contains("block domain elsewhere.example", (await WeirProgram.RunAsync("list", "export", "--data", _data)).Output, StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task An_allow_that_is_chosen_is_saved_as_an_allow()
    {
        await using var visit = await Visit.StartAsync(chromium.Browser, _weir!.Address.ToString(), "boss", password: Password);
        var page = visit.Page;
        await page.GotoAsync("/allow-block");
        await page.GetByTestId("add").ClickAsync();
        await page.GetByTestId("entry-action").SelectOptionAsync(new SelectOptionValue { Label = "Allow" });
        await Assertions.Expect(page.GetByTestId("entry-action")).ToHaveValueAsync("allow");
        await Assertions.Expect(page.GetByTestId("entry-expiry")).ToHaveValueAsync("unused");
        await page.GetByTestId("entry-value").FillAsync("partner.example");
        await page.GetByTestId("entry-next").ClickAsync();
        await page.GetByTestId("entry-save").ClickAsync();
        await Assertions.Expect(page.GetByTestId("said")).ToContainTextAsync("partner.example is allowed, in force now.");

        await page.GetByTestId("paste").ClickAsync();
        await page.GetByTestId("paste-action").SelectOptionAsync(new SelectOptionValue { Label = "allowed" });
        await page.GetByTestId("paste-text").FillAsync("customer.example");
        await page.GetByTestId("paste-check").ClickAsync();
        await page.GetByTestId("paste-add").ClickAsync();
        await Assertions.Expect(page.GetByTestId("said")).ToContainTextAsync("1 added, in force now.");

        var export = (await WeirProgram.RunAsync("list", "export", "--data", _data)).Output;
        Assert.Contains("allow domain partner.example", export, StringComparison.Ordinal);
        Assert.Contains("allow domain customer.example", export, StringComparison.Ordinal);
        // What programs read is one line an entry.
        Assert.Contains("allow\tdomain\tpartner.example\t", (await WeirProgram.RunAsync("list", "show", "--data", _data)).Output, StringComparison.Ordinal);
        Assert.Equal(1, (await WeirProgram.RunAsync("list", "show", "--state", "bogus", "--data", _data)).Code);
    }

    [Fact]
    public async Task Many_lines_are_read_first_and_the_wrong_ones_named()
    {
        await using var visit = await Visit.StartAsync(chromium.Browser, _weir!.Address.ToString(), "boss", password: Password);
        var page = visit.Page;
        await page.GotoAsync("/allow-block?Tab=urls");
        await page.GetByTestId("empty").WaitForAsync();
        await page.GetByTestId("paste").ClickAsync();
        var lines = string.Join('\n', Enumerable.Range(0, 1_000).Select(i => $"evil{i}.example/login\nblock ip 300.1.1.{i}"));
        await page.GetByTestId("paste-text").FillAsync(lines);
        await page.GetByTestId("paste-check").ClickAsync();
        await Assertions.Expect(page.GetByTestId("paste-read")).ToContainTextAsync("1,000 can be added, 1,000 lines are no entries");
        await visit.LooksAsync("list-paste");
        var saved = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("paste-save-bad").ClickAsync());
        Assert.Equal("lines-left-out.csv", saved.SuggestedFilename);
        await page.GetByTestId("paste-add").ClickAsync();
        await Assertions.Expect(page.GetByTestId("said")).ToContainTextAsync("1,000 added, in force now.");
        await page.GetByTestId("next").ClickAsync();
        await Assertions.Expect(page.GetByText("101–200 of 1,000")).ToBeVisibleAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task What_concerns_everybody_is_refused_what_concerns_many_asked_twice_and_readers_change_nothing()
    {
        await using var visit = await Visit.StartAsync(chromium.Browser, _weir!.Address.ToString(), "boss", password: Password);
        var page = visit.Page;
        await page.GotoAsync("/allow-block?Add=domain&Value=com");
        await page.GetByTestId("entry-next").ClickAsync();
        await Assertions.Expect(page.GetByTestId("entry-problem")).ToContainTextAsync("public suffix");
        await page.GetByTestId("entry-value").FillAsync("gmail.com");
        await page.GetByTestId("entry-next").ClickAsync();
        await Assertions.Expect(page.GetByTestId("caution")).ToContainTextAsync("anybody gets an address");
        await Assertions.Expect(page.GetByTestId("entry-save")).ToHaveTextAsync("Save all the same");

        await using var other = await Visit.StartAsync(chromium.Browser, _weir!.Address.ToString(), "reader", password: Password);
        await other.Page.GotoAsync("/allow-block");
        await other.Page.GetByTestId("empty").WaitForAsync();
        await Assertions.Expect(other.Page.GetByTestId("add")).ToBeDisabledAsync();
        Assert.Empty(visit.Complaints);
    }

    private static string Mail(string subject)
    {
        var now = TimeProvider.System.GetUtcNow().AddHours(-1).ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", System.Globalization.CultureInfo.InvariantCulture);
        return $"Return-Path: <ada@elsewhere.example>\r\nDelivered-To: tom.weber@harbour.example\r\nReceived: from mx.elsewhere.example (mx.elsewhere.example [203.0.113.9]) by mail.harbour.example; {now}\r\nFrom: Ada <ada@elsewhere.example>\r\nTo: tom.weber@harbour.example\r\nSubject: {subject}\r\nDate: {now}\r\nMessage-ID: <{Guid.NewGuid():N}@elsewhere.example>\r\n\r\nSee https://shop.elsewhere.example/a for the offer.\r\n";
    }
}
