using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;

namespace Weir.Browser.Tests;

/// <summary>Held mail as an administrator searches, judges, releases and deletes it, hostile subjects included.</summary>
public sealed class QuarantineTests(Chromium chromium) : IAsyncLifetime
{
    private const string Password = "correct horse battery";
    private const string Hostile = "<img src=x onerror=alert(1)> \u202Egnp.exe =cmd|' /C calc'!A0";

    private static readonly string Gtube = string.Concat("XJS*C4JDBQADN1.NSBN3*2IDNEN*", "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X");

    private readonly string _data = TestRun.NewFolder("quarantine");
    private RunningWeir? _weir;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(chromium.Browser is null, "There is no browser.");
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(_data, "organisation")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "domains.csv"), "domain,kind\nharbour.example,own\n", Token);
        await File.WriteAllTextAsync(Path.Combine(folder, "people.csv"), "address,displayName,tags\ntom.weber@harbour.example,Tom Weber,\nolga.lind@harbour.example,Olga Lind,Priority account\n", Token);
        await DoAsync("directory", "import", folder);
        await DoAsync("policy", "preset", "strict", "on");
        await DoAsync("policy", "mode", "on");
        foreach (var (name, role) in new[] { ("boss", "Security Administrator"), ("reader", "Security Reader") })
        {
            Assert.Equal(0, (await WeirProgram.RunWithInputAsync(Password + "\n", "account", "add", name, "--role", role, "--data", _data)).Code);
        }

        var (milter, boxes) = (FreePort(), System.IO.Directory.CreateDirectory(Path.Combine(_data, "boxes")).FullName);
        foreach (var (box, part) in new[] { "tom.weber", "olga.lind" }.SelectMany(box => new[] { "cur", "new", "tmp" }.Select(part => (box, part))))
        {
            System.IO.Directory.CreateDirectory(Path.Combine(boxes, box, "Maildir", part));
        }

        await File.WriteAllTextAsync(
            Path.Combine(_data, "weir.json"),
            $$"""{ "detection": { "model": "none" }, "milter": { "listen": "inet:127.0.0.1:{{milter}}" }, "mailboxes": { "connectors": [ { "domains": ["*"], "maildir": { "path": "{{boxes}}/{local}/Maildir" } } ] } }""",
            Token);
        _weir = await RunningWeir.StartAsync(_data);
        for (var i = 0; i < 3; i++)
        {
            await Milter.SubmitAsync(milter, "seller@shop.example", "tom.weber@harbour.example", i == 0 ? Hostile : string.Create(CultureInfo.InvariantCulture, $"Great offer {i}"), Gtube);
        }

        await Milter.SubmitAsync(milter, "seller@shop.example", "olga.lind@harbour.example", "For the board", Gtube);
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
    public async Task Held_mail_is_searched_judged_again_released_and_deleted_and_hostile_subjects_stay_text()
    {
        await using var visit = await Visit.StartAsync(chromium.Browser!, _weir!.Address.ToString(), "boss", password: Password);
        var page = visit.Page;
        await page.GotoAsync("/quarantine");
        await Assertions.Expect(page.GetByTestId("quarantine-count")).ToHaveTextAsync("4 messages of the last 7 days");
        await Assertions.Expect(page.GetByTestId("held")).ToContainTextAsync("[U+202E]gnp.exe");
        await visit.SeeAsync("quarantine");

        await page.GetByTestId("more-filters").ClickAsync();
        await page.GetByTestId("filter-where").FillAsync("Subject has 'board'");
        await page.GetByTestId("apply").ClickAsync();
        await Assertions.Expect(page.GetByTestId("quarantine-count")).ToHaveTextAsync("1 message that fit");
        await visit.SeeAsync("quarantine-filters");
        await page.GetByTestId("filter-where").FillAsync("Nonsense ==");
        await page.GetByTestId("apply").ClickAsync();
        await page.GetByTestId("problem").WaitForAsync();

        await page.GotoAsync("/quarantine?find=Great*");
        await page.GetByTestId("open-held").First.ClickAsync();
        await Assertions.Expect(page.GetByTestId("held-panel")).ToContainTextAsync("DefaultFullAccessWithNotificationPolicy");
        await page.GetByTestId("judge-again").ClickAsync();
        await Assertions.Expect(page.GetByTestId("fresh")).ToContainTextAsync("it was held as");
        await visit.SeeAsync("quarantine-panel");
        await page.GetByTestId("panel-preview").ClickAsync();
        await page.GetByTestId("preview-frame").WaitForAsync();
        await page.GetByTestId("preview-dialog").GetByLabel("Close").ClickAsync();
        await Assertions.Expect(page.GetByTestId("preview-dialog")).ToBeHiddenAsync();
        await page.GetByTestId("download-reason").FillAsync("case 7");
        await page.GetByTestId("download-password").FillAsync("long enough");
        var zip = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("download").ClickAsync());
        Assert.EndsWith(".zip", zip.SuggestedFilename, StringComparison.Ordinal);

        await page.GetByTestId("panel-release").ClickAsync();
        await visit.SeeAsync("quarantine-release");
        await page.GetByTestId("release-confirm").ClickAsync();
        await Assertions.Expect(page.GetByTestId("said")).ToContainTextAsync("1 delivery is on the way.");
        await Assertions.Expect(page.GetByTestId("held").GetByText("Released", new() { Exact = true })).ToBeVisibleAsync(new() { Timeout = 20_000 });

        await page.GotoAsync("/quarantine?status=NeedsReview");
        await page.GetByTestId("select-page").CheckAsync();
        await Assertions.Expect(page.GetByTestId("selected")).ToHaveTextAsync("3 selected");
        await page.GetByTestId("bulk-delete").ClickAsync();
        await page.GetByTestId("delete-confirm").ClickAsync();
        await Assertions.Expect(page.GetByTestId("said")).ToContainTextAsync("3 messages are deleted.");
        await page.GetByTestId("empty").WaitForAsync();
        await visit.SeeAsync("quarantine-empty");
        Assert.DoesNotContain(visit.Complaints, complaint => !complaint.Contains("400", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("preview")]
    [InlineData("headers")]
    public async Task A_stranger_sees_nothing_of_a_recipients_quarantine(string what)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = _weir!.Address };

        using var answer = await client.GetAsync($"/quarantine/mine/{what}/019a0000-0000-7000-8000-000000000001", Token);

        Assert.Equal((System.Net.HttpStatusCode.Redirect, "/quarantine/mine"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task The_export_makes_formulas_text_and_the_command_line_shows_the_same()
    {
        await using var visit = await Visit.StartAsync(chromium.Browser!, _weir!.Address.ToString(), "boss", password: Password);
        await visit.Page.GotoAsync("/quarantine");
        await Assertions.Expect(visit.Page.GetByTestId("quarantine-count")).ToContainTextAsync("4 messages");
        var file = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByTestId("export").ClickAsync());
        var csv = await File.ReadAllTextAsync(await file.PathAsync(), Token);
        Assert.Equal(5, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain(",=", csv, StringComparison.Ordinal);

        var listed = await DoAsync("quarantine", "list", "--find", "gnp");
        Assert.Contains("1 held.", listed, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', listed);
        Assert.Contains("Sales: rights 43", await DoAsync("quarantine", "policy", "set", "Sales", "--rights", "43", "--days", "14", "--digests"), StringComparison.Ordinal);
        Assert.Contains("on Mondays at 7:00 (Europe/Berlin)", await DoAsync("quarantine", "digests", "--every", "weekly", "--hour", "7", "--zone", "Europe/Berlin"), StringComparison.Ordinal);
        Assert.Equal(1, (await WeirProgram.RunAsync("quarantine", "policy", "set", "Sales", "--days", "366", "--data", _data)).Code);
    }

    [Fact]
    public async Task A_quarantine_policy_is_made_on_its_page_and_a_policy_of_mail_names_it()
    {
        await using var visit = await Visit.StartAsync(chromium.Browser!, _weir!.Address.ToString(), "boss", password: Password);
        var page = visit.Page;
        await page.GotoAsync("/policies");
        await page.GetByTestId("to-quarantine").ClickAsync();
        await page.GetByTestId("qp-name").FillAsync("<b>Sales</b>");
        await page.GetByTestId("qp-days").FillAsync("400");
        await page.GetByTestId("right-4").CheckAsync();
        // Who may release need not ask.
        await Assertions.Expect(page.GetByTestId("right-8")).Not.ToBeCheckedAsync();
        await page.GetByTestId("qp-digests").CheckAsync();
        await page.GetByTestId("policy-form").EvaluateAsync("form => form.noValidate = true");
        await page.GetByTestId("qp-save").ClickAsync();
        await Assertions.Expect(page.GetByTestId("policy-problems")).ToContainTextAsync("1 to 365 days");
        await page.GetByTestId("qp-days").FillAsync("14");
        await page.GetByTestId("qp-save").ClickAsync();
        await Assertions.Expect(page.GetByTestId("said")).ToHaveTextAsync("<b>Sales</b> is saved.");
        await page.GetByTestId("digest-every").SelectOptionAsync("Weekly");
        await page.GetByTestId("digest-zone").FillAsync("Europe/Berlin");
        await page.GetByTestId("digest-save").ClickAsync();
        await Assertions.Expect(page.GetByTestId("said")).ToHaveTextAsync("Digests are set.");
        await visit.SeeAsync("quarantine-policies");

        await page.GotoAsync("/policies");
        await page.GetByRole(AriaRole.Link, new() { Name = "Default anti-malware policy" }).ClickAsync();
        await page.GetByTestId("quarantine-Malware").SelectOptionAsync("<b>Sales</b>");
        await page.GetByTestId("policy-save").ClickAsync();
        await page.GetByTestId("saved").WaitForAsync();
        Assert.Contains("<b>Sales</b>", await DoAsync("policy", "export"), StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Who_may_only_look_can_do_nothing_and_reads_why()
    {
        await using var visit = await Visit.StartAsync(chromium.Browser!, _weir!.Address.ToString(), "reader", password: Password);
        await visit.Page.GotoAsync("/quarantine?find=board");
        await visit.Page.GetByTestId("open-held").First.ClickAsync();

        await Assertions.Expect(visit.Page.GetByTestId("panel-release")).ToBeDisabledAsync();
        await Assertions.Expect(visit.Page.GetByTestId("panel-preview")).ToBeDisabledAsync();
        await Assertions.Expect(visit.Page.GetByTestId("download")).ToBeDisabledAsync();
    }

    private async Task<string> DoAsync(params string[] words)
    {
        var done = await WeirProgram.RunAsync([.. words, "--data", _data]);
        Assert.True(done.Code == 0, done.Output + done.Errors);
        return done.Output;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
