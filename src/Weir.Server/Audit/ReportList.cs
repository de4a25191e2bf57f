using System.Globalization;
using Weir.Detection.Contracts;

namespace Weir.Server.Audit;

/// <summary>All findings as CSV, in the order of the page.</summary>
internal static class ReportList
{
    private static readonly string[] Columns =
    [
        "No", "Finding", "Verdict", "Confidence", "Mailbox", "Folder", "Received (UTC)", "From", "Envelope sender", "Subject", "Message-ID", "Read", "Answered", "Answered at (UTC)",
        "Forwarded", "Flagged", "Known sender", "Because", "Evidence", "Speaks against it", "Let in by", "Other filter", "Not known", "Place",
    ];

    public static void Write(TextWriter output, IEnumerable<Finding> findings)
    {
        output.Write(string.Join(',', Columns) + "\r\n");
        foreach (var (index, finding) in findings.Index())
        {
            output.Write(string.Join(',', Cells(index + 1, finding).Select(Cell)) + "\r\n");
        }
    }

    private static string[] Cells(int number, Finding finding) =>
    [
        number.ToString(CultureInfo.InvariantCulture), ReportWords.Short(finding.Kind), Names.Of(finding.Verdict), finding.Confidence, finding.Mailbox, finding.Folder, Time(finding.At),
        finding.From, finding.MailFrom, finding.Subject, finding.MessageId, YesNo(finding.IsRead), YesNo(finding.IsAnswered), finding.AnsweredAt is { } at ? Time(at) : "",
        YesNo(finding.IsForwarded), YesNo(finding.IsFlagged), YesNo(finding.IsKnownSender), string.Join("; ", finding.Because), string.Join("; ", finding.Evidence),
        string.Join("; ", finding.Doubts), string.Join("; ", finding.AllowedBy), finding.OtherFilter, string.Join("; ", finding.Unknown), finding.Key,
    ];

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static string Cell(string text)
    {
        // A spreadsheet would take a stranger's subject for a formula.
        var plain = Plain.Text(text);
        plain = plain.Length > 0 && plain[0] is '=' or '+' or '-' or '@' ? $"'{plain}" : plain;
        return plain.AsSpan().ContainsAny(",\"\r\n") ? $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : plain;
    }
}
