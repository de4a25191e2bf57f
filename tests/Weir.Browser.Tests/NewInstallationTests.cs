using Microsoft.Playwright;
using Weir.EndToEnd.Tests.Support;

namespace Weir.Browser.Tests;

/// <summary>
/// Before a real Postfix and Dovecot: a new installation watches only, its administrator reads what it would have done and switches Standard on; a block
/// entry shows its effect, takes mail that was delivered already out of mailboxes, says why on the timeline, and an undo brings it back.
/// </summary>
public sealed class NewInstallationTests(Chromium chromium, Lab lab) : IAsyncDisposable
{
    private const string Password = "correct horse battery";
    private const string Anna = "anna@corp.example";
    private const string Ben = "ben@corp.example";
    private const string Notes = "Notes of Tuesday";
    private static readonly string Gtube = string.Concat("XJS*C4JDBQADN1.NSBN3*2IDNEN*", "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X");
    private static readonly TimeSpan AMinute = TimeSpan.FromMinutes(1);

    private readonly string _data = TestRun.NewFolder("new-installation");
    private RunningWeir? _weir;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 400_000)]
    public async Task It_watches_then_protects_takes_back_what_turned_out_bad_and_gives_it_back_on_request()
    {
        Assert.SkipWhen(chromium.Browser is null, "There is no browser.");
        await lab.RequireAsync();
        await InstallAsync();
        TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        _weir = await RunningWeir.StartAsync(_data);
        await SendAsync("A prize while it watches", Gtube, Anna);
        await SendAsync(Notes, "Hello Anna,\r\n\r\nthe notes of Tuesday are here: https://www.harbour-notes.example/tuesday\r\n\r\nKind regards", Anna, Ben);
        await UntilAsync(async () => await CountAsync(Anna, "INBOX", "A prize while") == 1 && await CountAsync(Anna, "INBOX", Notes) == 1 && await CountAsync(Ben, "INBOX", Notes) == 1);
        await UntilShownAsync("EmailEvents | where LatestDeliveryLocation == 'Inbox/folder' | count", "3");

        await using var visit = await Visit.StartAsync(chromium.Browser!, _weir.Address.ToString(), "boss", password: Password);
        await SwitchOnAsync(visit.Page);
        await SendAsync("A prize under Standard", Gtube, Anna);
        await UntilShownAsync("EmailEvents | where Subject == 'A prize under Standard' | project LatestDeliveryLocation", "Quarantine");
        Assert.Equal(0, await CountAsync(Anna, "INBOX", "A prize under"));

        await BlockAsync(visit);
        await UntilAsync(async () => await CountAsync(Anna, "INBOX", Notes) + await CountAsync(Ben, "INBOX", Notes) == 0, AMinute);
        Assert.Equal(1, await CountAsync(Anna, "INBOX", "A prize while"));

        // Out of the mailbox comes first, the record of it a moment later.
        await UntilShownAsync("EmailPostDeliveryEvents | where ActionType == 'Phish ZAP' | count", "2");
        await UntilShownAsync("AlertInfo | where Title == 'Email messages containing malicious URL removed after delivery' | count", "1");
        await ReadTimelineAsync(visit);
        await UndoAsync(visit);
        await UntilAsync(async () => await CountAsync(Anna, "INBOX", Notes) == 1 && await CountAsync(Ben, "INBOX", Notes) == 1, AMinute);
        Assert.Empty(visit.Complaints);
    }

    public async ValueTask DisposeAsync()
    {
        if (_weir is not null)
        {
            await _weir.DisposeAsync();
        }

        System.IO.Directory.Delete(_data, recursive: true);
    }

    private async Task InstallAsync()
    {
        var organisation = System.IO.Directory.CreateDirectory(Path.Combine(_data, "organisation")).FullName;
        await File.WriteAllTextAsync(Path.Combine(organisation, "domains.csv"), "domain,kind\ncorp.example,own\n", Token);
        await File.WriteAllTextAsync(Path.Combine(organisation, "people.csv"), $"address,displayName\n{Anna},Anna Berg\n{Ben},Ben Carter\n", Token);
        await RunAsync("directory", "import", organisation);
        var ended = await WeirProgram.RunWithInputAsync(Password + "\n", "account", "add", "boss", "--role", "Security Administrator", "--role", "Organization Management", "--data", _data);
        Assert.True(ended.Code == 0, ended.Errors);
        await File.WriteAllTextAsync(Path.Combine(_data, "weir.json"), $$"""
            {
              "milter": { "listen": "inet:127.0.0.1:{{lab.Milter}}" },
              "dns": { "server": "127.0.0.1:{{lab.Dns}}" },
              "delivery": { "postfixLog": "{{lab.PostfixLog}}", "dovecotSpool": "{{lab.DovecotSpool}}" },
              "mailboxes": { "connectors": [ { "domains": ["corp.example"], "imap": { "host": "127.0.0.1", "port": {{lab.Imap}}, "security": "none", "masterUser": "{{lab.MasterUser}}", "password": "{{lab.MasterPassword}}" } } ] }
            }
            """, Token);
    }

    private static async Task SwitchOnAsync(IPage page)
    {
        await page.GotoAsync("/watch-only");
        await Assertions.Expect(page.GetByTestId("would").Locator("tbody tr").Filter(new() { HasText = "Move to Junk Email folder" }).Locator("td.number")).ToHaveTextAsync("1");
        await page.GetByTestId("turn-on-standard").ClickAsync();
        await page.GetByTestId("mode-reason").FillAsync("read what it would have done");
        await page.GetByTestId("mode-save").ClickAsync();
        await Assertions.Expect(page.GetByTestId("mode")).ToContainTextAsync("The policies decide");
    }

    /// <summary>The entry shows what it would have changed before it is saved.</summary>
    private static async Task BlockAsync(Visit visit)
    {
        var page = visit.Page;
        await page.GotoAsync("/allow-block");
        await page.GetByTestId("add").ClickAsync();
        await page.GetByTestId("entry-kind").SelectOptionAsync("UrlDomain");
        await page.GetByTestId("entry-value").FillAsync("harbour-notes.example");
        await page.GetByTestId("entry-note").FillAsync("reported by a customer");
        await page.GetByTestId("entry-next").ClickAsync();
        await Assertions.Expect(page.GetByTestId("effect")).ToContainTextAsync("to 2 recipients");
        await visit.LooksAsync("block-entry-effect");
        await page.GetByTestId("entry-save").ClickAsync();
        await Assertions.Expect(page.GetByTestId("entries")).ToContainTextAsync("harbour-notes.example");
    }

    private static async Task ReadTimelineAsync(Visit visit)
    {
        var page = visit.Page;
        await visit.ExplorerAsync("?q=" + Uri.EscapeDataString($$"""{"and":[{"p":"subject","has":["{{Notes}}"]}]}"""));
        await page.Locator(".grid-cell.subject .text").First.ClickAsync();
        await page.GetByTestId("open-entity").ClickAsync();
        await page.GetByTestId("tab-timeline").ClickAsync();
        var timeline = page.GetByTestId("timeline");
        await Assertions.Expect(timeline.Locator("tr").Filter(new() { HasText = "Judged again" })).ToContainTextAsync("new entry: block URL domain harbour-notes.example; before: Clean");
        await Assertions.Expect(timeline.Locator("tr").Filter(new() { HasText = "Phish ZAP" })).ToContainTextAsync("Moved to quarantine");
        await visit.LooksAsync("zap-timeline");
        await page.GotoAsync("/alerts");
        await Assertions.Expect(page.GetByTestId("alerts")).ToContainTextAsync("Email messages containing malicious URL removed after delivery");
        await page.GetByTestId("open-alert").First.ClickAsync();
        await Assertions.Expect(page.GetByTestId("evidence")).ToContainTextAsync(Notes);
        await visit.LooksAsync("alert");
    }

    private static async Task UndoAsync(Visit visit)
    {
        var page = visit.Page;
        await page.GotoAsync("/action-center/pending");
        await page.GetByTestId("empty").WaitForAsync();
        await page.GetByTestId("tab-history").ClickAsync();
        await page.GetByTestId("open-action").Filter(new() { HasText = "ZAP: new entry: block URL domain harbour-notes.example" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("entries")).ToContainTextAsync("Phish ZAP");
        await visit.LooksAsync("zap-action");
        await page.GetByTestId("undo").ClickAsync();
        await page.GetByTestId("undo-reason").FillAsync("they were real notes");
        await page.GetByTestId("undo-confirm").ClickAsync();
        await page.GetByTestId("action-flyout").GetByText("Completed").First.WaitForAsync();
    }

    private async Task SendAsync(string subject, string body, params string[] recipients)
    {
        var mail = Sender.Mail(subject, body);
        mail.From.Clear();
        mail.From.Add(new MimeKit.MailboxAddress("Ada Elsewhere", "ada@elsewhere.example"));
        Assert.StartsWith("250 ", await Sender.SendAsync(lab.Smtp, mail, "ada@elsewhere.example", recipients), StringComparison.Ordinal);
    }

    private async Task<int> CountAsync(string address, string folder, string subject) => (await MailboxOf.FindAsync(lab, address, folder, subject)).Count;

    private Task UntilShownAsync(string kql, string line) =>
        UntilAsync(async () => (await WeirProgram.RunAsync("hunt", kql, "--csv", "--data", _data)).Output.Split('\n').Any(shown => shown.Trim() == line));

    private async Task RunAsync(params string[] command)
    {
        var ended = await WeirProgram.RunAsync([.. command, "--data", _data]);
        Assert.True(ended.Code == 0, ended.Output + ended.Errors);
    }

    private async Task UntilAsync(Func<Task<bool>> condition, TimeSpan? within = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < (within ?? 2 * AMinute), $"Not in time. Weir said:\n{string.Join('\n', _weir?.Said ?? [])}");
            await Task.Delay(300, Token);
        }
    }
}
