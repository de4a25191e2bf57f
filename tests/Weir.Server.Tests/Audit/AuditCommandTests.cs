using System.Text;
using Weir.Detection.Contracts;
using Weir.Server.Audit;
using Weir.Server.Tests.Support;

namespace Weir.Server.Tests.Audit;

/// <summary>The command as an administrator runs it on the first day, over mailboxes of the invented organisation.</summary>
[Trait("Speed", "slow")]
public sealed class AuditCommandTests : IDisposable
{
    private const string Phish = "From: PayPal Service <billing@elsewhere.example>\r\nTo: tom.weber@harbour.example\r\nSubject: Your account has been limited\r\nDate: Mon, 02 Nov 2026 09:00:00 +0000\r\nMessage-ID: <p@elsewhere.example>\r\n\r\nDear customer, please verify your account within 24 hours: http://198.51.100.4/login/\r\n";
    private const string Note = "From: Ada <ada@partner.example>\r\nTo: tom.weber@harbour.example\r\nSubject: Minutes\r\nDate: Mon, 02 Nov 2026 09:00:00 +0000\r\nMessage-ID: <m@partner.example>\r\n\r\nHere are the minutes of Monday. The yard is ready on Friday.\r\n";

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly string _folder = TestRun.NewFolder("audit");

    private string Tree => Path.Combine(_folder, "vmail");

    private string Out => Path.Combine(_folder, "out");

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_audit_of_mailboxes_finds_the_planted_mails_and_changes_nothing()
    {
        var tree = PlantedTree.Make(_folder, Now, messages: 200);
        var before = Listing(tree.Root);

        var ended = await WeirProgram.RunAsync("audit", tree.Root, "--days", "30", "--out", Out, "--dns", tree.Zone);

        Assert.True(ended.Code == 0, ended.Errors + ended.Output);
        Assert.Equal(before, Listing(tree.Root));
        var findings = Findings();
        // The fraud whose mails were answered twice stands first.
        var fraud = tree.Planted.Where(each => each.Story == "B").ToList();
        Assert.Equal(3, fraud.Count);
        Assert.Equal(2, findings.Count(finding => finding is { Kind: FindingKind.Answered, IsAnswered: true, AnsweredAt: not null } && finding.Mailbox == fraud[0].Mailbox && finding.Subject.EndsWith("Urgent payment", StringComparison.Ordinal)));
        // Malware that is told without a scanner: locked archives with a program, pages that build a file.
        var seen = tree.Planted.Where(each => each.Story == "C" && !each.Subject.StartsWith("Tender", StringComparison.Ordinal)).ToList();
        Assert.Equal(7, seen.Count);
        Assert.All(seen, mail => Assert.Contains(findings, finding => finding is { Kind: FindingKind.InMailbox, Verdict: Verdict.Malware } && finding.Mailbox == mail.Mailbox && finding.Subject == mail.Subject));
        var page = await File.ReadAllTextAsync(Path.Combine(Out, "report.html"), TestContext.Current.CancellationToken);
        Assert.Contains("Urgent payment", page, StringComparison.Ordinal);
        Assert.Contains("2 were answered or forwarded", page, StringComparison.Ordinal);
        Assert.Contains(System.Net.WebUtility.HtmlEncode(Hindsight.ProofOfToday), page, StringComparison.Ordinal);
        var list = await File.ReadAllLinesAsync(Path.Combine(Out, "findings.csv"), TestContext.Current.CancellationToken);
        Assert.Equal(findings.Count + 1, list.Length);
        Assert.Contains("Answered or forwarded", list[1], StringComparison.Ordinal);
        // Of a thousand everyday mails of people none is called dangerous.
        Assert.DoesNotContain(findings, finding => finding.Verdict >= Verdict.Phish && finding.IsKnownSender);
    }

    [Fact]
    public async Task What_people_did_decides_whether_a_finding_is_to_be_acted_on_or_doubted()
    {
        var tree = PlantedTree.Empty(_folder);
        const string tom = "tom.weber@harbour.example";
        tree.Put(tom, "", Delivered(Phish), Now.AddDays(-1), "S");
        tree.Put(tom, "", Delivered(Phish.Replace("<p@", "<known@", StringComparison.Ordinal).Replace("billing@", "known@", StringComparison.Ordinal)), Now.AddDays(-1), "S");
        tree.Put(tom, "Clients", Delivered(Phish.Replace("<p@", "<filed@", StringComparison.Ordinal)), Now.AddDays(-1), "S");
        tree.Put(tom, "Spam", Delivered(Note), Now.AddDays(-2), "new");
        tree.Put(tom, "Spam", Delivered(Phish), Now.AddDays(-2), "S");
        tree.Put(tom, "Drafts", Encoding.ASCII.GetBytes(Phish), Now.AddDays(-1), "S");
        tree.Put(tom, "", Delivered(Phish.Replace("<p@", "<old@", StringComparison.Ordinal)), Now.AddDays(-90), "S");
        tree.Put(tom, "Sent", Encoding.ASCII.GetBytes("From: Tom <tom.weber@harbour.example>\r\nTo: known@elsewhere.example\r\nSubject: Offer\r\nMessage-ID: <o@harbour.example>\r\n\r\nPlease send me an offer.\r\n"), Now.AddDays(-60), "S");

        var ended = await WeirProgram.RunAsync("audit", Tree, "--out", Out);

        Assert.True(ended.Code == 0, ended.Errors + ended.Output);
        Assert.Equal(
            ["InMailbox <p@elsewhere.example>", "Doubtful <filed@elsewhere.example>", "Doubtful <known@elsewhere.example>", "CleanInJunk <m@partner.example>"],
            Findings().OrderBy(finding => finding.Kind).ThenBy(finding => finding.MessageId, StringComparer.Ordinal).Select(finding => $"{finding.Kind} {finding.MessageId}"));
        Assert.All(Findings().Where(finding => finding.Kind != FindingKind.CleanInJunk), finding => Assert.Contains(Hindsight.NoProof, finding.Unknown));
    }

    [Fact]
    public async Task The_allow_rule_of_another_filter_and_an_entry_of_the_own_list_are_named()
    {
        var tree = PlantedTree.Empty(_folder);
        const string status = "X-Spam-Status: No, score=-92.1 required=5.0 tests=BAYES_99,USER_IN_WELCOMELIST\r\n\tautolearn=no\r\n";
        tree.Put("tom.weber@harbour.example", "", [.. Encoding.ASCII.GetBytes(status), .. Delivered(Phish)], Now.AddDays(-1), "S");
        // A sender can write the same below the Received field of our server.
        tree.Put("ann@harbour.example", "", Delivered(status + Phish), Now.AddDays(-1), "S");
        var list = Path.Combine(_folder, "list.txt");
        await File.WriteAllTextAsync(list, "allow domain elsewhere.example\n", TestContext.Current.CancellationToken);

        var ended = await WeirProgram.RunAsync("audit", Tree, "--out", Out, "--list", list);

        Assert.True(ended.Code == 0, ended.Errors + ended.Output);
        var page = await File.ReadAllTextAsync(Path.Combine(Out, "report.html"), TestContext.Current.CancellationToken);
        Assert.Contains("allow", page, StringComparison.OrdinalIgnoreCase);
        var counts = AuditTotals.Of(Out);
        Assert.Equal(1, counts.BothBad + counts.OnlyOtherBad + counts.OnlyWeirBad + counts.BothGood);
    }

    [Fact]
    public async Task A_run_that_was_stopped_goes_on_where_it_was_and_counts_nothing_twice()
    {
        var tree = PlantedTree.Empty(_folder);
        foreach (var person in new[] { "a", "b", "c" })
        {
            tree.Put($"{person}@harbour.example", "", Delivered(Phish), Now.AddDays(-1), "S");
        }

        Assert.Equal(0, (await WeirProgram.RunAsync("audit", Tree, "--out", Out)).Code);
        // As a kill leaves it: the second mailbox half written, the third not begun.
        var lines = await File.ReadAllLinesAsync(Path.Combine(Out, AuditJournal.Name), TestContext.Current.CancellationToken);
        var second = Array.FindIndex(lines, line => line.Contains("\"Finding\":{", StringComparison.Ordinal) && line.Contains("b@harbour.example", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(Out, AuditJournal.Name), string.Join('\n', lines[..(second + 1)]) + "\n{\"Finding\":{\"Ki", TestContext.Current.CancellationToken);
        var half = AuditTotals.Of(Out);

        var again = await WeirProgram.RunAsync("audit", Tree, "--out", Out);
        var other = await WeirProgram.RunAsync("audit", Tree, "--out", Out, "--days", "7");

        Assert.True(half.IsPartial);
        Assert.Equal(0, again.Code);
        Assert.Contains("Going on: 1 of 3", again.Errors, StringComparison.Ordinal);
        Assert.Equal(["a@harbour.example", "b@harbour.example", "c@harbour.example"], Findings().Select(finding => finding.Mailbox).Order(StringComparer.Ordinal));
        Assert.Equal(3, AuditTotals.Of(Out).Judged);
        Assert.Equal(2, other.Code);
        Assert.Contains("another audit", other.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_in_one_line()
    {
        System.IO.Directory.CreateDirectory(Path.Combine(_folder, "empty"));
        System.IO.Directory.CreateDirectory(Path.Combine(_folder, "dbox", "mailboxes", "INBOX", "dbox-Mails"));

        var absent = await WeirProgram.RunAsync("audit", Path.Combine(_folder, "absent"), "--out", Out);
        var empty = await WeirProgram.RunAsync("audit", Path.Combine(_folder, "empty"), "--out", Out);
        var dbox = await WeirProgram.RunAsync("audit", Path.Combine(_folder, "dbox"), "--out", Out);
        var url = await WeirProgram.RunAsync("audit", "imap://nobody", "--out", Out);
        var terminal = await WeirProgram.RunAsync("audit", "imaps://tom@mail.example", "--out", Out);
        var filter = await WeirProgram.RunAsync("audit", _folder, "--believe-filter", "magic");

        Assert.Equal((1, 1, 1, 1, 1, 1), (absent.Code, empty.Code, dbox.Code, url.Code, terminal.Code, filter.Code));
        Assert.Contains("there is no folder", absent.Errors, StringComparison.Ordinal);
        Assert.Contains("no mailbox found", empty.Errors, StringComparison.Ordinal);
        Assert.Contains("by IMAP", dbox.Errors, StringComparison.Ordinal);
        Assert.Contains("imaps://USER@HOST", url.Errors, StringComparison.Ordinal);
        Assert.Contains("--password-file", terminal.Errors, StringComparison.Ordinal);
        Assert.Contains("magic", filter.Errors, StringComparison.Ordinal);
        Assert.False(System.IO.Directory.Exists(Out));
    }

    private List<Finding> Findings() => [.. AuditJournal.Read(Out).Select(line => line.Line.Finding).OfType<Finding>()];

    private static byte[] Delivered(string mail) => Encoding.ASCII.GetBytes(
        $"Return-Path: <bounce@elsewhere.example>\r\nReceived: from mail.elsewhere.example (mail.elsewhere.example [203.0.113.9])\r\n\tby {PlantedTree.Server} (Postfix) with ESMTPS id 4ABC12345; {Now.AddDays(-1):ddd, dd MMM yyyy HH:mm:ss} +0000\r\n{mail}");

    private static List<string> Listing(string root) =>
        [.. System.IO.Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O} {(File.Exists(path) ? new FileInfo(path).Length : 0)}")];
}
