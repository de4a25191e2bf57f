using System.Text.RegularExpressions;
using Weir.Detection.Contracts;
using Weir.Mailboxes.Contracts;
using Weir.Server.Audit;

namespace Weir.Server.Tests.Audit;

public sealed partial class ReportPageTests : IDisposable
{
    private const string Hostile = "</bdi><script>alert(1)</script><img src=x onerror=alert(2)>\u202Egpj.exe\r\n\u001b]0;title\u0007\"'&<a href='http://evil.example/'>";

    private static readonly DateTimeOffset Now = new(2026, 11, 29, 9, 0, 0, TimeSpan.Zero);

    private readonly string _folder = TestRun.NewFolder("report");

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Hostile_text_becomes_text_and_nothing_comes_from_outside()
    {
        var page = Write([Some(FindingKind.InMailbox, Verdict.Malware) with { Subject = Hostile, From = Hostile, Mailbox = Hostile, Folder = Hostile, MessageId = Hostile, Key = Hostile, Because = [Hostile], Evidence = [Hostile], AllowedBy = [Hostile], OtherFilter = Hostile, Unknown = [Hostile], Doubts = [Hostile] }]);

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u202E', page);
        Assert.DoesNotContain('\u001b', page);
        Assert.Contains("default-src &#39;none&#39;".Replace("&#39;", "'", StringComparison.Ordinal), page, StringComparison.Ordinal);
        // Every link leads within the page, and every element is one that the report itself writes.
        Assert.All(Href().Matches(page), link => Assert.StartsWith("#", link.Groups["to"].Value, StringComparison.Ordinal));
        Assert.DoesNotContain("src=", Tags().Matches(page).Select(tag => tag.Value).Aggregate("", string.Concat), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil.example\",\"x\")")]
    [InlineData("+1+1")]
    [InlineData("-1")]
    [InlineData("@SUM(1)")]
    public void A_spreadsheet_takes_no_subject_for_a_formula(string subject)
    {
        Write([Some(FindingKind.InMailbox, Verdict.Spam) with { Subject = subject }]);

        var row = File.ReadAllLines(Path.Combine(_folder, AuditReport.ListName))[1];
        Assert.Contains("'" + subject[..1], row, StringComparison.Ordinal);
        Assert.DoesNotContain("," + subject[..1], row.Replace(",\"\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void What_to_do_first_stands_first_and_what_is_cut_is_told()
    {
        var many = Enumerable.Range(0, ReportPage.Most + 20).Select(i => Some(FindingKind.InMailbox, Verdict.Spam) with { Key = $"spam {i}" });

        var page = Write([.. many, Some(FindingKind.Doubtful, Verdict.Phish), Some(FindingKind.InMailbox, Verdict.Malware) with { Subject = "Malware comes before spam" }, Some(FindingKind.Answered, Verdict.Phish) with { Subject = "Answered comes first" }]);

        var answered = page.IndexOf("Answered comes first", StringComparison.Ordinal);
        var malware = page.IndexOf("Malware comes before spam", StringComparison.Ordinal);
        Assert.True(answered > 0 && answered < malware && malware < page.IndexOf(">spam ", StringComparison.Ordinal));
        Assert.Contains($"The first {ReportPage.Most} of {ReportPage.Most + 21} are shown", page, StringComparison.Ordinal);
        Assert.Equal(many.Count() + 4, File.ReadAllLines(Path.Combine(_folder, AuditReport.ListName)).Length);
    }

    [Fact]
    public void An_audit_that_found_nothing_says_so_and_names_what_cannot_be_known()
    {
        var page = Write([]);

        Assert.Contains("No dangerous mail was found in sight", page, StringComparison.Ordinal);
        Assert.All(ReportWords.AlwaysUnknown, each => Assert.Contains(each.What, page, StringComparison.Ordinal));
        Assert.Contains("the folder is locked", page, StringComparison.Ordinal);
    }

    private string Write(IEnumerable<Finding> findings)
    {
        using (var journal = AuditJournal.Open(_folder))
        {
            journal.Begin(new AuditHead("/var/vmail", 30, Now.AddDays(-30), Now, 2, ""));
            foreach (var finding in findings)
            {
                journal.Write(new AuditLine { Finding = finding });
            }

            journal.Write(new AuditLine { Folder = new FolderCount { Mailbox = "tom", Folder = "INBOX", Use = FolderUse.Inbox } });
            journal.Write(new AuditLine { Mailbox = "tom" });
            journal.Write(new AuditLine { Failure = new AuditFailure("ann", "", "the folder is locked") });
        }

        AuditReport.Write(_folder, Now);
        return File.ReadAllText(Path.Combine(_folder, AuditReport.PageName));
    }

    private static Finding Some(FindingKind kind, Verdict verdict) => new()
    {
        Kind = kind,
        Verdict = verdict,
        Confidence = "High",
        Mailbox = "tom@harbour.example",
        Folder = "INBOX",
        Use = FolderUse.Inbox,
        Key = "/var/vmail/1",
        At = Now.AddHours(-1),
        From = "a@out.example",
        Subject = "Hello",
    };

    [GeneratedRegex("<[^>]*\\bhref=\"(?<to>[^\"]*)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Href();

    [GeneratedRegex("<[a-zA-Z][^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tags();
}
