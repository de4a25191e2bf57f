using Microsoft.Playwright;

namespace Weir.Browser.Tests;

/// <summary>A new installation as its administrator uses it: it watches, they read what it would have done, switch Standard on, and make a policy of their own.</summary>
public sealed class PolicyTests(Chromium chromium) : IAsyncLifetime
{
    private const string Password = "correct horse battery";
    private const string Anna = "anna.berg@harbour.example";

    private readonly string _data = TestRun.NewFolder("policies");
    private RunningWeir? _weir;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(chromium.Browser is null, "There is no browser.");
        var organisation = System.IO.Directory.CreateDirectory(Path.Combine(_data, "organisation")).FullName;
        await File.WriteAllTextAsync(Path.Combine(organisation, "domains.csv"), "domain,kind\nharbour.example,own\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(organisation, "people.csv"), $"address,displayName,department,title,protected\n{Anna},Anna Berg,Board,Chair,yes\ntom.weber@harbour.example,Tom Weber,Yard,Foreman,no\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(organisation, "lists.csv"), $"address,displayName,members\nboard@harbour.example,Board,{Anna}\n", TestContext.Current.CancellationToken);
        Assert.Equal(0, (await WeirProgram.RunAsync("policy", "mode", "--data", _data)).Code);
        await File.WriteAllTextAsync(Path.Combine(_data, "weir.json"), """{ "detection": { "model": "none" } }""", TestContext.Current.CancellationToken);
        var mail = System.IO.Directory.CreateDirectory(Path.Combine(_data, "mail")).FullName;
        await File.WriteAllTextAsync(Path.Combine(mail, "1.eml"), Spam("<script>alert(1)</script> prize", Anna), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(mail, "2.eml"), Spam("Another prize", "tom.weber@harbour.example"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(mail, "3.eml"), Mail("tom.weber@harbour.example", "Lunch", "Shall we meet at noon?"), TestContext.Current.CancellationToken);
        foreach (var command in new string[][] { ["directory", "import", organisation], ["import", mail] })
        {
            var ended = await WeirProgram.RunAsync([.. command, "--data", _data]);
            Assert.True(ended.Code == 0, ended.Output + ended.Errors);
        }

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
    public async Task A_new_installation_watches_until_somebody_has_seen_what_it_would_have_done_and_switches_on()
    {
        await using var visit = await Visit.StartAsync(chromium.Browser, _weir!.Address.ToString(), "boss", password: Password);
        var page = visit.Page;
        await page.GotoAsync("/watch-only");
        await page.GetByTestId("would").WaitForAsync();
        await visit.SeeAsync("watch-only");
        var line = page.GetByTestId("would").Locator("tbody tr").Filter(new() { HasText = "Move to Junk Email folder" });
        await Assertions.Expect(line.Locator("td.number")).ToHaveTextAsync("2");
        await line.Locator("a").ClickAsync();
        await Assertions.Expect(page.GetByTestId("counted")).ToContainTextAsync("2 ");

        await page.GotoAsync("/watch-only");
        await page.GetByTestId("turn-on-standard").ClickAsync();
        await page.GetByTestId("mode-reason").FillAsync("looked at for a week");
        await page.GetByTestId("mode-save").ClickAsync();
        await Assertions.Expect(page.GetByTestId("mode")).ToContainTextAsync("The policies decide");
        await page.GotoAsync("/policies");
        await page.GetByTestId("presets").WaitForAsync();
        await Assertions.Expect(page.GetByTestId("presets").Locator("tr").Filter(new() { HasText = "Standard" })).ToContainTextAsync("On");
        await page.GetByTestId("who").FillAsync(Anna);
        await page.GetByTestId("check").ClickAsync();
        await Assertions.Expect(page.GetByTestId("gets")).ToContainTextAsync("Standard Preset Security Policy");
        await visit.SeeAsync("policies");

        await MakePolicyAsync(visit);
        Assert.StartsWith("on:", (await WeirProgram.RunAsync("policy", "mode", "--data", _data)).Output, StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Who_may_only_look_sees_policies_and_changes_none()
    {
        await using var visit = await Visit.StartAsync(chromium.Browser, _weir!.Address.ToString(), "reader", password: Password);
        var page = visit.Page;
        await page.GotoAsync("/policies");
        await page.GetByTestId("policies-AntiSpam").WaitForAsync();

        Assert.Equal(0, await page.GetByTestId("new-AntiSpam").CountAsync());
        Assert.Equal(0, await page.GetByTestId("turn-on-standard").CountAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "Default anti-spam policy" }).ClickAsync();
        await page.GetByTestId("action-Spam").WaitForAsync();
        await Assertions.Expect(page.GetByTestId("action-Spam")).ToBeDisabledAsync();
        Assert.Equal(0, await page.GetByTestId("policy-save").CountAsync());
        await page.GotoAsync("/policies/advanced-delivery");
        await page.GetByTestId("secops").WaitForAsync();
        await visit.SeeAsync("advanced-delivery");
        Assert.Empty(visit.Complaints);
    }

    private static async Task MakePolicyAsync(Visit visit)
    {
        var page = visit.Page;
        await page.GetByTestId("new-AntiSpam").ClickAsync();
        await page.GetByTestId("policy-name").FillAsync("<img src=x> board");
        await page.GetByTestId("scope-chosen").CheckAsync();
        await page.GetByTestId("scope-users").FillAsync(Anna);
        await page.GetByTestId("action-HighConfidenceSpam").SelectOptionAsync("Delete");
        await page.GetByTestId("look").ClickAsync();
        await Assertions.Expect(page.GetByTestId("remarks")).ToContainTextAsync("never applies: “Standard Preset Security Policy” comes before it and is for everybody.");
        await page.GetByTestId("try").ClickAsync();
        await Assertions.Expect(page.GetByTestId("trial-result")).ToContainTextAsync("None of");
        await page.GetByTestId("policy-save").ClickAsync();
        await Assertions.Expect(page.GetByTestId("saved")).ToContainTextAsync("<img src=x> board");

        await page.GetByTestId("preset-Standard").ClickAsync();
        await page.GetByTestId("preset-on").UncheckAsync();
        await page.GetByTestId("try").ClickAsync();
        await Assertions.Expect(page.GetByTestId("trial-result")).ToContainTextAsync("would have been treated differently");
        await Assertions.Expect(page.GetByTestId("shifts")).ToContainTextAsync("Delete message");
        await visit.SeeAsync("preset");
        await page.GetByTestId("preset-save").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "<img src=x> board" }).First.ClickAsync();
        await page.GetByTestId("policy-name").WaitForAsync();
        await visit.SeeAsync("policy-edit");
    }

    private static string Spam(string subject, string to) => Mail(to, subject, string.Concat("XJS*C4JDBQADN1.NSBN3*2IDNEN*", "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"));

    private static string Mail(string to, string subject, string text)
    {
        var now = TimeProvider.System.GetUtcNow().AddHours(-1).ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", System.Globalization.CultureInfo.InvariantCulture);
        return $"Return-Path: <ada@elsewhere.example>\r\nDelivered-To: {to}\r\nReceived: from mx.elsewhere.example (mx.elsewhere.example [203.0.113.9]) by mail.harbour.example; {now}\r\nFrom: Ada <ada@elsewhere.example>\r\nTo: {to}\r\nSubject: {subject}\r\nDate: {now}\r\nMessage-ID: <{Guid.NewGuid():N}@elsewhere.example>\r\n\r\n{text}\r\n";
    }
}
