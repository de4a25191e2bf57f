using Weir.Events.Contracts;

namespace Weir.Portal.Tests.Support;

/// <summary>What the record says of one invented message beside its row.</summary>
internal static class FakeEvidence
{
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
        return Table(asked,
            "Timestamp Verdict Confidence Score Signals Because WouldChange AuthenticationEvidence Envelope ReturnPath ReplyTo HeaderText Defects Door",
            [
                at, clean ? "Clean" : series, "High", clean ? 0.4 : 7.6,
                """
                [{"name":"lookalike-own-domain","technology":"Impersonation domain","threat":"Phish","weight":3.1,"isConclusive":false,"evidence":"The sender's domain wеir.example looks like weir.example: one letter (U+0435) is Cyrillic."},
                 {"name":"spoof-dmarc","technology":"Spoof DMARC","threat":"Phish","weight":2.4,"isConclusive":false,"evidence":"DMARC of mail-secure-login.example fails: SPF and DKIM do not align. <script>alert(3)</script>"},
                 {"name":"link-text-elsewhere","technology":"URL malicious reputation","threat":"Phish","weight":2.2,"isConclusive":false,"evidence":"The link shows https://weir.example/owa and leads to login.mail-secure-login.example.","entity":"https://weir.example/help"},
                 {"name":"known-correspondent","technology":"Advanced filter","threat":"Phish","weight":-0.6,"isConclusive":false,"evidence":"Four messages from this sender were read and answered in 30 days."}]
                """,
                clean ? "[]" : """["lookalike-own-domain","spoof-dmarc"]""",
                clean ? "" : """{"Remove":["lookalike-own-domain","link-text-elsewhere"],"To":"Spam"}""",
                """{"spf":{"result":"fail","domain":"mail-secure-login.example","reason":"203.0.113.9 is not permitted"},"dkim":[{"result":"none"}],"dmarc":{"result":"fail","policy":"reject"}}""",
                """{"mail_from":"bounce@mail-secure-login.example","client_ip":"203.0.113.9","helo":"mx.mail-secure-login.example","queue_id":"4W1x"}""",
                "bounce@mail-secure-login.example", "billing@elsewhere.example",
                "Received: from mx.mail-secure-login.example (203.0.113.9)\r\n\tby mx.weir.example; Tue, 24 Nov 2026 10:00:00 +0000\r\nFrom: \"Carla\" <carla@mail-secure-login.example>\r\nSubject: <script>alert(4)</script>\r\n",
                """["A header line is longer than 998 characters"]""", "milter",
            ]);
    }

    private static Answer Table(DateTimeOffset asked, string columns, params object?[][] rows) =>
        new([.. columns.Split(' ').Select(column => new AnswerColumn(column, column == "Timestamp" ? "datetime" : "string"))], rows) { At = asked };
}
