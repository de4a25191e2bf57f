using System.Diagnostics;
using System.Text.RegularExpressions;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using Weir.EndToEnd.Tests.Support;

namespace Weir.Browser.Tests;

/// <summary><c>weir demo --lab</c> as a person uses it: a mail of one's own goes through a real Postfix into a real mailbox, and is taken back out of it.</summary>
public sealed partial class DemoLabTests(Chromium chromium) : IAsyncDisposable
{
    private const string Subject = "Is anybody there?";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _data = TestRun.NewFolder("demo-lab");
    private readonly List<string> _said = [];
    private Process? _demo;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 400_000)]
    public async Task A_mail_that_came_in_by_SMTP_is_taken_out_of_a_real_mailbox_and_nothing_is_left_running()
    {
        var browser = chromium.Browser;
        Lab.RequirePrograms();
        _demo = WeirProgram.Start("demo", "--lab", "--messages", "20", "--data", Path.Combine(_data, "demo"), "--port", "0", "--no-browser");
        _demo.ErrorDataReceived += (_, line) => Note(line.Data);
        _demo.BeginErrorReadLine();
        var portal = (await SaidAsync(PortalLine)).Groups["address"].Value;
        var ports = await SaidAsync(PortsLine);
        var (smtp, imap, password) = (int.Parse(ports.Groups["smtp"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), int.Parse(ports.Groups["imap"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), ports.Groups["password"].Value);
        var person = (await SaidAsync(SwaksLine)).Groups["person"].Value;
        await SaidAsync(ReadyLine);
        _ = _demo.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);

        Assert.Contains("250 2.0.0 Ok: queued", await Sender.SwaksAsync(smtp, "--from", "someone@elsewhere.example", "--to", person, "--header", $"Subject: {Subject}"), StringComparison.Ordinal);
        await UntilAsync(async () => await CountAsync(imap, person, password, "INBOX") == 1);
        await UntilAsync(async () => (await WeirProgram.RunAsync("hunt", $"EmailEvents | where Subject == '{Subject}' | project DeliveryLocation", "--csv", "--data", Path.Combine(_data, "demo"))).Output.Contains("Inbox/folder", StringComparison.Ordinal));
        await TakeBackAsync(browser, portal);
        await UntilAsync(async () => await CountAsync(imap, person, password, "INBOX") == 0);
        Assert.Equal(1, await CountAsync(imap, person, password, "Trash"));

        using (var stop = Process.Start("kill", [$"{_demo.Id}"]))
        {
            await _demo.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, _demo.ExitCode);
        foreach (var port in (int[])[smtp, imap])
        {
            using var gone = new System.Net.Sockets.TcpClient();
            await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(async () => await gone.ConnectAsync("127.0.0.1", port, Token));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_demo is { HasExited: false })
        {
            using var stop = Process.Start("kill", [$"{_demo.Id}"]);
            await _demo.WaitForExitAsync(CancellationToken.None);
        }

        _demo?.Dispose();
        System.IO.Directory.Delete(_data, recursive: true);
    }

    private static async Task TakeBackAsync(Microsoft.Playwright.IBrowser browser, string portal)
    {
        await using var visit = await Visit.StartAsync(browser, portal, "investigator", password: "investigator-of-the-weir");
        var page = visit.Page;
        await visit.ExplorerAsync("?q=" + Uri.EscapeDataString($$"""{"and":[{"p":"subject","has":["{{Subject}}"]}]}"""));
        Assert.Equal(1, await page.Locator(".grid-row:not(.waiting)").CountAsync());
        await page.Locator(".grid-row:not(.waiting) .box").First.ClickAsync();
        await page.GetByTestId("take-action").ClickAsync();
        await page.GetByTestId("destination-DeletedItems").CheckAsync();
        await page.GetByTestId("wizard-next").ClickAsync();
        await page.GetByTestId("action-name").FillAsync("Take my own mail back");
        await page.GetByTestId("wizard-next").ClickAsync();
        await page.GetByTestId("wizard-submit").ClickAsync();
        await page.GetByTestId("to-action-center").ClickAsync();
        await page.GetByTestId("action-flyout").GetByText("Completed").First.WaitForAsync();
    }

    /// <summary>How many mails of ours the person sees.</summary>
    private static async Task<int> CountAsync(int port, string person, string password, string folder)
    {
        using var client = new ImapClient();
        await client.ConnectAsync("127.0.0.1", port, SecureSocketOptions.None, Token);
        await client.AuthenticateAsync(new SaslMechanismPlain(person, password), Token);
        var opened = await client.GetFolderAsync(folder, Token);
        await opened.OpenAsync(FolderAccess.ReadOnly, Token);
        var found = await opened.SearchAsync(SearchQuery.SubjectContains(Subject), Token);
        await client.DisconnectAsync(quit: true, Token);
        return found.Count;
    }

    /// <summary>The next line that the demo prints of this form.</summary>
    private async Task<Match> SaidAsync(Regex form)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(Patience);
        while (await _demo!.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            Note(line);
            if (form.Match(line) is { Success: true } found)
            {
                return found;
            }
        }

        throw new InvalidOperationException($"The demo ended before it said {form}:\n{string.Join('\n', _said)}");
    }

    private void Note(string? line)
    {
        lock (_said)
        {
            _said.Add(line ?? "");
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 60; i++)
        {
            if (await condition())
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, Token);
        }

        Assert.Fail("It did not happen within half a minute.");
    }

    [GeneratedRegex("^Portal: (?<address>http://[^ ]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex PortalLine { get; }

    [GeneratedRegex("SMTP at 127\\.0\\.0\\.1:(?<smtp>[0-9]+) .*IMAP at 127\\.0\\.0\\.1:(?<imap>[0-9]+), password of every mailbox: (?<password>.+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex PortsLine { get; }

    [GeneratedRegex("swaks --server 127\\.0\\.0\\.1:[0-9]+ .*--to (?<person>[^ ]+) ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex SwaksLine { get; }

    [GeneratedRegex("^Ready", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ReadyLine { get; }
}
