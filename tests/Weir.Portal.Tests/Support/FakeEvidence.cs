using System.Globalization;
using System.Text;
using Weir.Events.Contracts;

namespace Weir.Portal.Tests.Support;

/// <summary>What the record says of one invented message beside its row.</summary>
internal static class FakeEvidence
{
    public const string Header = "Received: from mx.mail-secure-login.example (203.0.113.9)\r\n\tby mx.weir.example; Tue, 24 Nov 2026 10:00:00 +0000\r\nFrom: \"Carla\" <carla@mail-secure-login.example>\r\nSubject: <script>alert(4)</script>\r\n";

    private const string Link = "<a href=\"https://login.mail-secure-login.example/owa\">https://weir.example/owa</a>";

    /// <summary>The message, long enough that what is cited is not on the first screen, with text that would like to be more than text.</summary>
    public static string Raw { get; } = Header + "Content-Type: text/html; charset=utf-8\r\n\r\n"
        + string.Concat(Enumerable.Range(1, 300).Select(line => $"<p>Line {line} of a long letter, <script>alert({line})</script> and gnp.\u202Eexe.</p>\r\n"))
        + new string('x', 3_000) + "\r\n" + Link + "\r\n" + string.Concat(Enumerable.Repeat("<p>Kind regards</p>\r\n", 400));

    private static string Places(string field) => $$"""{"Kind":"Header","Name":"{{field}}","Start":{{At(field + ":").Start}},"End":{{At(field + ":").End}}}""";

    private static (int Start, int End) At(string beginning)
    {
        var start = Encoding.UTF8.GetByteCount(Raw[..Raw.IndexOf(beginning, StringComparison.Ordinal)]);
        return (start, start + (beginning == Link ? Link.Length : Raw[Raw.IndexOf(beginning, StringComparison.Ordinal)..].IndexOf("\r\n", StringComparison.Ordinal)));
    }

    public static Answer Attachments(DateTime at, string recipient, DateTimeOffset asked) => Table(asked,
        "Timestamp RecipientEmailAddress FileName FileType FileExtension FileSize SHA256 ThreatTypes ThreatNames AdditionalFields",
        [at, recipient, "invoice<b>98949</b>.pdf.exe", "PortableExecutable", "exe", 188_416L, new string('a', 64), "Malware", "Win.Test.EICAR_HDB-1", """{"Path":"2","Encrypted":false}"""],
        [at, recipient, "terms.pdf", "pdf", "pdf", 20_112L, new string('b', 64), "", "", ""]);

    public static Answer Urls(DateTime at, DateTimeOffset asked) => Table(asked,
        "Timestamp Url UrlDomain UrlLocation",
        [at, "https://login.mail-secure-login.example/owa?u=anna.schmidt%40weir.example&next=%2F" + new string('x', 180), "login.mail-secure-login.example", "Body"],
        [at, "javascript:alert(document.cookie)", "", "Body"],
        [at, "https://weir.example/help", "weir.example", "Header"]);

    public static Answer Clicks(DateTime at, string recipient, DateTimeOffset asked) => Table(asked,
        "Timestamp Url ActionType AccountUpn ThreatTypes", [at.AddMinutes(20), "https://weir.example/help", "ClickAllowed", recipient, ""]);

    public static Answer Deliveries(DateTime at, string recipient, DateTimeOffset asked) => Table(asked,
        "Timestamp RecipientEmailAddress OriginalRecipient Event Source Location Folder DistributionList Result Action ActionType ActionTrigger By",
        [at, "", "", "Received", "milter", "", "", "", "", "", "", "", ""],
        [at.AddMilliseconds(40), "", "", "Judged", "", "", "", "", "Phish", "", "", "", ""],
        [at.AddSeconds(1), recipient, "all@weir.example", "Delivery", "dovecot", "Inbox/folder", "INBOX", "all@weir.example", "", "", "", "", ""],
        [at.AddMinutes(30), recipient, "", "Action", "", "Soft deleted", "", "", "Success", "Soft delete", "Manual remediation", "AdminAction", "Mara Lind"]);

    public static Answer Message(DateTime at, string series, DateTimeOffset asked)
    {
        var clean = series == "No threat";
        var (first, second, third) = clean ? (0.9, 0.5, 0.4) : (3.1, 2.4, 2.2);
        return Table(asked,
            "Timestamp Verdict Confidence Score Signals Because WouldChange Thresholds Versions Earlier AuthenticationEvidence Envelope ReturnPath ReplyTo HeaderText Defects Door",
            [
                at, clean ? "Clean" : series, "High", clean ? 0.4 : 7.6,
                $$"""
                [{"name":"lookalike-own-domain","technology":"Impersonation domain","threat":"Phish","weight":{{Number(first)}},"isConclusive":false,"evidence":"The sender's domain wеir.example looks like weir.example: one letter (U+0435) is Cyrillic.","places":[{{Places("From")}},{"kind":"Envelope","name":"MAIL FROM"}]},
                 {"name":"spoof-dmarc","technology":"Spoof DMARC","threat":"Phish","weight":{{Number(second)}},"isConclusive":false,"evidence":"DMARC of mail-secure-login.example fails: SPF and DKIM do not align. <script>alert(3)</script>","places":[{{Places("From")}},{"kind":"Envelope","name":"client IP"},{"kind":"Knowledge","name":"DNS (SPF, DKIM, DMARC) <b>x</b>"}]},
                 {"name":"link-text-elsewhere","technology":"URL malicious reputation","threat":"Phish","weight":{{Number(third)}},"isConclusive":false,"evidence":"The link shows https://weir.example/owa and leads to login.mail-secure-login.example.","entity":"https://weir.example/help","places":[{"kind":"Part","part":"1","start":{{At(Link).Start}},"end":{{At(Link).End}}}]},
                 {"name":"known-correspondent","technology":"Advanced filter","threat":"Phish","weight":-0.6,"isConclusive":false,"evidence":"Four messages from this sender were read and answered in 30 days.","places":[{"kind":"Knowledge","name":"history of mail"}]}]
                """,
                clean ? "[]" : """["lookalike-own-domain","spoof-dmarc"]""",
                clean ? "" : """{"Remove":["lookalike-own-domain","link-text-elsewhere"],"To":"Spam"}""",
                """{"Malware":5,"High confidence phish":6,"Phish":3,"Spam":3,"Bulk":7}""",
                """{"rules":"5b1f0c9a7d3e","lists":"0a92be117c44","weights":"77aa01c3d9f0","settings":"e3b0c44298fc","allow/block list":"c1d2e3f40516","directory":"9f8e7d6c5b4a"}""",
                clean ? "[]" : """[{"At":"2026-11-24T10:00:00.04+00:00","Verdict":"Clean","Versions":{"rules":"5b1f0c9a7d3e","lists":"0a92be117c44","weights":"77aa01c3d9f0","settings":"e3b0c44298fc","allow/block list":"000000000000","directory":"9f8e7d6c5b4a"}}]""",
                """{"spf":{"result":"fail","domain":"mail-secure-login.example","reason":"203.0.113.9 is not permitted"},"dkim":[{"result":"none"}],"dmarc":{"result":"fail","policy":"reject"}}""",
                """{"mail_from":"bounce@mail-secure-login.example","client_ip":"203.0.113.9","helo":"mx.mail-secure-login.example","queue_id":"4W1x"}""",
                "bounce@mail-secure-login.example", "billing@elsewhere.example",
                Header,
                """["A header line is longer than 998 characters"]""", "milter",
            ]);
    }

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static Answer Table(DateTimeOffset asked, string columns, params object?[][] rows) =>
        new([.. columns.Split(' ').Select(column => new AnswerColumn(column, column == "Timestamp" ? "datetime" : "string"))], rows) { At = asked };
}
