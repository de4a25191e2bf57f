using System.Text;
using Weir.Gateway.Journal;

namespace Weir.Gateway.Tests.Journal;

public sealed class JournalReportTests
{
    private const string Original = "From: A Stranger <stranger@good.example>\r\nSubject: Hello\r\n\r\nHello.\r\n--not the boundary\r\n";

    [Fact]
    public void A_report_names_sender_and_recipients_and_holds_the_message_letter_for_letter()
    {
        var report = JournalReport.Open(Report("Sender: stranger@good.example\r\nSubject: Hello\r\nMessage-Id: <1@good.example>\r\nTo: anna@corp.example\r\nCc: ben@corp.example, Expanded: all@corp.example\r\nBcc: \"Dora\" <DORA@corp.example>, Forwarded: emil@corp.example\r\nRecipient: anna@corp.example\r\n"));

        Assert.NotNull(report);
        Assert.Equal("stranger@good.example", report.Sender);
        Assert.Equal(["anna@corp.example", "ben@corp.example", "dora@corp.example"], report.Recipients);
        Assert.Equal(Original, Encoding.Latin1.GetString(report.Message.Span));
    }

    [Fact]
    public void The_message_may_come_encoded()
    {
        var report = JournalReport.Open(Report("Recipient: anna@corp.example\r\n", Convert.ToBase64String(Encoding.Latin1.GetBytes(Original)), "Content-Transfer-Encoding: base64\r\n"));

        Assert.Equal(Original, Encoding.Latin1.GetString(Assert.IsType<JournalReport>(report).Message.Span));
    }

    [Fact]
    public void What_is_no_report_stays_closed()
    {
        Assert.Null(JournalReport.Open(Encoding.Latin1.GetBytes(Original)));
        Assert.Null(JournalReport.Open(Report("Sender: stranger@good.example\r\n")));
        Assert.Null(JournalReport.Open(Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(Report("Recipient: anna@corp.example\r\n")).Replace("X-MS-Journal-Report", "X-Other", StringComparison.Ordinal))));
        Assert.Null(JournalReport.Open(Encoding.Latin1.GetBytes("X-MS-Journal-Report:\r\nContent-Type: multipart/mixed; boundary=ab\r\n\r\n--ab\r\n\r\nRecipient: anna@corp.example\r\n--ab\r\nContent-Type: text/plain\r\n\r\nno message\r\n--ab--\r\n")));
    }

    private static byte[] Report(string envelope, string message = Original, string encoding = "") => Encoding.Latin1.GetBytes(
        "From: journal@corp.example\r\nX-MS-Journal-Report:\r\nContent-Type: multipart/mixed;\r\n boundary=\"_000_ab\"\r\n\r\n"
        + $"--_000_ab\r\nContent-Type: text/plain; charset=\"us-ascii\"\r\n\r\n{envelope}\r\n--_000_ab\r\nContent-Type: message/rfc822\r\n{encoding}\r\n{message}\r\n--_000_ab--\r\n");
}
