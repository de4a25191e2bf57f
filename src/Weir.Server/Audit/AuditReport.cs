using System.Text;

namespace Weir.Server.Audit;

/// <summary>Writes <c>report.html</c> and <c>findings.csv</c> from the journal: whole or not at all, so that an older report stays until the new one is there.</summary>
internal static class AuditReport
{
    public const string PageName = "report.html";
    public const string ListName = "findings.csv";

    public static AuditTotals Write(string folder, DateTimeOffset now)
    {
        var totals = AuditTotals.Of(folder);
        using var journal = new FileStream(Path.Combine(folder, AuditJournal.Name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var page = new ReportPage(totals, now);
        Beside(folder, ListName, output => ReportList.Write(output, Findings(journal, totals)));
        Beside(folder, PageName, output => page.Write(output, Findings(journal, totals)));
        return totals;
    }

    private static IEnumerable<Finding> Findings(FileStream journal, AuditTotals totals)
    {
        foreach (var offset in totals.Order)
        {
            if (AuditJournal.At(journal, offset)?.Finding is { } finding)
            {
                yield return finding;
            }
        }
    }

    private static void Beside(string folder, string name, Action<TextWriter> write)
    {
        var path = Path.Combine(folder, name);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var output = new StreamWriter(path + ".new", new UTF8Encoding(encoderShouldEmitUTF8Identifier: name == ListName), options))
        {
            write(output);
        }

        File.Move(path + ".new", path, overwrite: true);
    }
}
