using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using MimeKit;
using Weir.EndToEnd.Tests.Support;

namespace Weir.Browser.Tests;

/// <summary>A newcomer's walk on real Postfix and Dovecot: a threat comes in, is seen, understood, taken back over IMAP, and given back.</summary>
public sealed class WalkTests(Lab lab, Chromium chromium) : IAsyncDisposable
{
    private const string Subject = "Your account will be suspended today";
    private const string Password = "correct horse";

    private readonly string _data = TestRun.NewFolder("walk");
    private RunningWeir? _server;

    [Fact]
    public async Task An_attack_is_seen_understood_taken_back_and_given_back()
    {
        var browser = chromium.Browser;
        await lab.RequireAsync();
        var address = await StartWeirAsync();

        // ben is reached through the list and through an alias: one row.
        var reply = await Sender.SendAsync(lab.Smtp, Attack(), "bounce@paypa1-secure.example", "all@corp.example", "sales@corp.example");
        Assert.StartsWith("250", reply, StringComparison.Ordinal);
        foreach (var person in (string[])["anna", "ben", "clara"])
        {
            await EventuallyAsync(async () => (await MailboxOf.FindAsync(lab, $"{person}@corp.example", "INBOX", Subject)).Count > 0);
        }

        await using (var reader = await Visit.StartAsync(browser, address, "reader"))
        {
            await RowsAsync(reader, 3);
            await reader.Page.Locator(".grid-cell.subject .text").First.ClickAsync();
            await reader.Page.GetByTestId("summary-panel").WaitForAsync();
            Assert.True(await reader.Page.GetByTestId("preview").IsDisabledAsync());
            await reader.LooksAsync("walk-reader");
        }

        await using var visit = await Visit.StartAsync(browser, address, "investigator");
        var page = visit.Page;
        await RowsAsync(visit, 3);
        await page.Locator("#chart canvas").WaitForAsync();
        await visit.LooksAsync("walk-explorer");
        await page.Locator(".grid-cell.subject .text").First.ClickAsync();
        await page.GetByTestId("summary-panel").GetByText("Delivery details").WaitForAsync();
        await visit.LooksAsync("walk-summary");
        await page.GetByTestId("open-entity").ClickAsync();
        await page.GetByTestId("tab-timeline").ClickAsync();
        await page.GetByTestId("timeline").WaitForAsync();
        await visit.LooksAsync("walk-timeline");
        await page.GetByTestId("tab-analysis").ClickAsync();
        await page.GetByTestId("because").WaitForAsync();
        Assert.NotEmpty((await page.GetByTestId("because").InnerTextAsync()).Trim());
        await visit.LooksAsync("walk-analysis");
        await page.GetByTestId("preview").ClickAsync();
        await page.FrameLocator("[data-testid=preview-frame]").GetByText("verify your password").WaitForAsync();
        await visit.LooksAsync("walk-preview");
        await page.Keyboard.PressAsync("Escape");
        foreach (var (tab, mark) in new[] { ("url", "urls"), ("headers", "header-text"), ("similar", "similar") })
        {
            await page.GetByTestId($"tab-{tab}").ClickAsync();
            await page.GetByTestId(mark).WaitForAsync();
            await visit.LooksAsync($"walk-{tab}");
        }


        await RowsAsync(visit, 3);
        for (var i = 0; i < 3; i++)
        {
            await page.Locator(".grid-row:not(.waiting) .box").Nth(i).ClickAsync();
        }

        await page.GetByTestId("take-action").ClickAsync();
        await page.GetByTestId("destination-SoftDeleted").CheckAsync();
        await visit.LooksAsync("walk-wizard-action");
        await page.GetByTestId("wizard-next").ClickAsync();
        await page.GetByTestId("action-name").FillAsync("Take the fake notice back");
        await visit.LooksAsync("walk-wizard-targets");
        await page.GetByTestId("wizard-next").ClickAsync();
        await page.GetByTestId("wizard-submit").WaitForAsync();
        await visit.LooksAsync("walk-wizard-review");
        await page.GetByTestId("wizard-submit").ClickAsync();
        await page.GetByTestId("to-action-center").ClickAsync();
        await page.GetByTestId("action-flyout").GetByText("Completed").First.WaitForAsync();
        await visit.LooksAsync("walk-action-center");
        Assert.Equal(3, await page.GetByTestId("entries").Locator("tbody tr").CountAsync());
        Assert.Equal(0, await InInboxesAsync());

        await page.GetByTestId("undo").ClickAsync();
        await page.GetByTestId("undo-confirm").ClickAsync();
        await page.GetByTestId("action-flyout").GetByRole(AriaRole.Heading, new() { Name = "Undo: Take the fake notice back" }).WaitForAsync();
        await page.GetByTestId("action-flyout").GetByText("Completed").First.WaitForAsync();
        await EventuallyAsync(async () => await InInboxesAsync() == 3);
        await visit.LooksAsync("walk-undone");

        await page.GotoAsync("/hunting?query=" + Uri.EscapeDataString("EmailEvents\n| project Timestamp, NetworkMessageId, RecipientEmailAddress, Subject, LatestDeliveryLocation"));
        await page.Locator("#answer .grid-row:not(.waiting)").First.WaitForAsync();
        await page.GetByTestId("editor").WaitForAsync();
        await visit.LooksAsync("walk-hunting");
        await page.GotoAsync("/explorer?q=" + Uri.EscapeDataString("""{"and":[{"p":"subject","has":["no message has this"]}]}"""));
        await page.GetByTestId("empty").WaitForAsync();
        await visit.LooksAsync("walk-empty");
        Assert.Empty(visit.Complaints);

        await using var admin = await Visit.StartAsync(browser, address, "admin");
        await admin.Page.GotoAsync("/audit");
        await admin.Page.GetByTestId("audit").GetByText("SubmitRemediation").WaitForAsync();
        await admin.LooksAsync("walk-audit");
        await admin.Page.GetByTestId("user-menu-button").ClickAsync();
        await admin.Page.GetByTestId("sign-out").ClickAsync();
        await admin.Page.GetByTestId("sign-in-message").WaitForAsync();
        await admin.LooksAsync("walk-sign-in");
        Assert.Empty(admin.Complaints);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        System.IO.Directory.Delete(_data, recursive: true);
    }

    private static MimeMessage Attack() => new()
    {
        Subject = Subject,
        MessageId = MimeKit.Utils.MimeUtils.GenerateMessageId("paypa1-secure.example"),
        Date = DateTimeOffset.Parse("2026-01-01T00:00:00Z", CultureInfo.InvariantCulture),
        From = { new MailboxAddress("PayPal Security", "service@paypa1-secure.example") },
        To = { new MailboxAddress("All", "all@corp.example") },
        Body = new TextPart("html")
        {
            Text = "<p>Dear customer, unusual activity was found. Please verify your password within 24 hours or your account will be suspended.</p>"
                + "<p><a href=\"http://192.0.2.66/paypal/login.php\">https://www.paypal.com/signin</a></p>",
        },
    };

    private static async Task RowsAsync(Visit visit, int count)
    {
        await EventuallyAsync(async () =>
        {
            await visit.ExplorerAsync();
            return await visit.Page.Locator(".grid-row:not(.waiting)").CountAsync() == count;
        });
    }

    private async Task<int> InInboxesAsync()
    {
        var count = 0;
        foreach (var person in (string[])["anna", "ben", "clara"])
        {
            count += (await MailboxOf.FindAsync(lab, $"{person}@corp.example", "INBOX", Subject)).Count;
        }

        return count;
    }

    private async Task<string> StartWeirAsync()
    {
        var configuration = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["server"] = new { port = 0 },
            ["milter"] = new { listen = $"inet:127.0.0.1:{lab.Milter}" },
            ["detection"] = new { mode = "watch", clamd = "unix:" + lab.ClamdSocket },
            ["dns"] = new { server = $"127.0.0.1:{lab.Dns}" },
            ["delivery"] = new { postfixLog = lab.PostfixLog, dovecotSpool = lab.DovecotSpool },
            ["mailboxes"] = new
            {
                connectors = new[]
                {
                    new { domains = new[] { "*" }, imap = new { host = "127.0.0.1", port = lab.Imap, security = "none", masterUser = lab.MasterUser, password = lab.MasterPassword } },
                },
            },
        };
        await File.WriteAllTextAsync(Path.Combine(_data, "weir.json"), JsonSerializer.Serialize(configuration), TestContext.Current.CancellationToken);
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(_data, "organisation")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "domains.csv"), "domain,kind\ncorp.example,own\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "people.csv"), "address,displayName,aliases\nanna@corp.example,Anna,\nben@corp.example,Ben,sales@corp.example\nclara@corp.example,Clara,\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "lists.csv"), "address,displayName,members\nall@corp.example,All,anna@corp.example;ben@corp.example;clara@corp.example\n", TestContext.Current.CancellationToken);
        await RunAsync("", "directory", "import", folder, "--data", _data);
        await RunAsync(Password, "account", "add", "reader", "--role", "Security Reader", "--data", _data);
        await RunAsync(Password, "account", "add", "admin", "--role", "Global Administrator", "--data", _data);
        await RunAsync(Password, "account", "add", "investigator", "--role", "Data Investigator", "--data", _data);

        _server = await RunningWeir.StartAsync(_data);
        return _server.Address.AbsoluteUri;
    }

    private static async Task RunAsync(string input, params string[] arguments)
    {
        var ended = await WeirProgram.RunWithInputAsync(input + "\n", arguments);
        Assert.True(ended.Code == 0, ended.Errors);
    }

    private static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 60; i++)
        {
            if (await condition())
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Fail("It did not happen within half a minute.");
    }
}
