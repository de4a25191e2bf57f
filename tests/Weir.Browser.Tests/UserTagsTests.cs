using Microsoft.Playwright;

namespace Weir.Browser.Tests;

/// <summary>User tags as an administrator makes them: whom a rule fits is seen before it is saved, mail that comes in has the tag, a deleted one comes back.</summary>
public sealed class UserTagsTests(Chromium chromium) : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    private readonly string _data = TestRun.NewFolder("tags");
    private RunningWeir? _weir;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(chromium.Browser is null, "There is no browser.");
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(_data, "organisation")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "domains.csv"), "domain,kind\nharbour.example,own\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "people.csv"),
            "address,displayName,department,title,tags\ntom.weber@harbour.example,<img src=x onerror=alert(1)> Tom \u202EWeber,Accounts,Clerk,\nmia.kern@harbour.example,Mia Kern,Accounts payable,Clerk,\nolga.lind@harbour.example,Olga Lind,Board,Chief Officer,Priority account\n",
            TestContext.Current.CancellationToken);
        var imported = await WeirProgram.RunAsync("directory", "import", folder, "--data", _data);
        Assert.True(imported.Code == 0, imported.Output + imported.Errors);
        foreach (var (name, role) in new[] { ("boss", "Security Administrator"), ("reader", "Security Reader") })
        {
            Assert.Equal(0, (await WeirProgram.RunWithInputAsync(Password + "\n", "account", "add", name, "--role", role, "--data", _data)).Code);
        }

        await File.WriteAllTextAsync(Path.Combine(_data, "weir.json"), """{ "detection": { "model": "none" } }""", TestContext.Current.CancellationToken);
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
    public async Task A_tag_by_department_is_made_is_on_mail_that_comes_in_and_is_deleted_and_brought_back()
    {
        await using var visit = await Visit.StartAsync(chromium.Browser!, _weir!.Address.ToString(), "boss", password: Password);
        var page = visit.Page;
        await page.GotoAsync("/user-tags");
        await Assertions.Expect(page.GetByTestId("tags-count")).ToHaveTextAsync("1 tag");
        await page.GetByTestId("add").ClickAsync();
        await page.GetByTestId("tag-name").FillAsync("Payments");
        await page.GetByTestId("tag-description").FillAsync("Can be talked into paying");
        await page.GetByTestId("tag-people").FillAsync("nobody@harbour.example");
        await page.GetByTestId("tag-departments").FillAsync("account*");
        await Assertions.Expect(page.GetByTestId("tag-effect")).ToContainTextAsync("2 people");
        await page.GetByTestId("tag-save").ClickAsync();
        await Assertions.Expect(page.GetByTestId("tag-problem")).ToContainTextAsync("nobody@harbour.example: nobody’s mailbox here");
        await visit.SeeAsync("tag-dialog");
        await page.GetByTestId("tag-people").FillAsync("");
        await page.GetByTestId("tag-save").ClickAsync();

        await Assertions.Expect(page.GetByTestId("members").Locator("tbody tr")).ToHaveCountAsync(2);
        await visit.SeeAsync("user-tags");
        await ImportAsync("mia.kern@harbour.example");
        await page.GetByTestId("open-explorer").ClickAsync();
        await Assertions.Expect(page.Locator(".grid-row:not(.waiting)")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
        Assert.Contains("mia.kern@harbour.example", (await WeirProgram.RunAsync("tag", "members", "payments", "--data", _data)).Output, StringComparison.Ordinal);

        await page.GotoAsync("/user-tags/payments");
        await page.GetByTestId("delete").ClickAsync();
        await Assertions.Expect(page.GetByTestId("tags-count")).ToHaveTextAsync("1 tag");
        await page.GetByTestId("undo").ClickAsync();
        await Assertions.Expect(page.GetByTestId("tags-count")).ToHaveTextAsync("2 tags");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Who_may_only_look_changes_nothing()
    {
        await using var visit = await Visit.StartAsync(chromium.Browser!, _weir!.Address.ToString(), "reader", password: Password);
        await visit.Page.GotoAsync("/user-tags/Priority%20account");

        await Assertions.Expect(visit.Page.GetByTestId("members")).ToContainTextAsync("Olga Lind");
        await Assertions.Expect(visit.Page.GetByTestId("add")).ToBeDisabledAsync();
        await Assertions.Expect(visit.Page.GetByTestId("edit")).ToBeDisabledAsync();
    }

    [Fact]
    public async Task The_command_line_makes_changes_and_deletes_tags_beside_the_server()
    {
        Assert.Contains("Board  1 people  offices", (await WeirProgram.RunAsync("tag", "set", "Board", "--title", "Chief *", "--office", "Top floor", "--data", _data)).Output, StringComparison.Ordinal);
        Assert.Equal("olga.lind@harbour.example", (await WeirProgram.RunAsync("tag", "members", "board", "--data", _data)).Output.Trim());
        var wrong = await WeirProgram.RunAsync("tag", "set", "Board", "--list", "none@harbour.example", "--data", _data);
        Assert.Equal((1, "none@harbour.example: no distribution list here."), (wrong.Code, wrong.Errors.Trim()));
        Assert.Equal(0, (await WeirProgram.RunAsync("tag", "delete", "Board", "--data", _data)).Code);
        Assert.Equal(1, (await WeirProgram.RunAsync("tag", "members", "Board", "--data", _data)).Code);
    }

    private async Task ImportAsync(string recipient)
    {
        var now = TimeProvider.System.GetUtcNow().AddMinutes(-5).ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", System.Globalization.CultureInfo.InvariantCulture);
        var file = Path.Combine(_data, "one.eml");
        await File.WriteAllTextAsync(
            file,
            $"Return-Path: <ada@elsewhere.example>\r\nDelivered-To: {recipient}\r\nReceived: from mx.elsewhere.example (mx.elsewhere.example [203.0.113.9]) by mail.harbour.example; {now}\r\nFrom: Ada <ada@elsewhere.example>\r\nTo: {recipient}\r\nSubject: Our invoice\r\nDate: {now}\r\nMessage-ID: <1@elsewhere.example>\r\n\r\nHello.\r\n",
            TestContext.Current.CancellationToken);
        var ended = await WeirProgram.RunAsync("import", file, "--data", _data);
        Assert.True(ended.Code == 0, ended.Output + ended.Errors);
    }
}
