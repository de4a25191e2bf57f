using System.IO.Compression;
using System.Text;
using Weir.Kernel;
using Weir.Mail.Contracts;
using Weir.Mail.Inspection.Children;
using Weir.Mail.Inspection.Yara;

namespace Weir.Mail.Checks;

/// <summary>A child process reads an attachment.</summary>
internal sealed class InspectionCheck(InspectionPool pool) : ICheck
{
    private const string MemberName = "see.html";

    public string Name => "Attachments";

    public async ValueTask<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var message = MailParser.Parse(Sample(), ParseLimits.Default with { LeavesArchives = true });
        var result = await pool.InspectAsync(message, cancellationToken);
        IReadOnlyList<CheckResult> reading = result.Files switch
        {
            [{ NotRead.Length: > 0 } report, ..] => CheckResult.Failed(
                $"Attachments are not inspected: {report.NotRead}", "See that the program can be started by weir's user; until then every message with such a file carries the signal attachment-not-inspected."),
            [{ Members: [{ Path: MemberName }] }, ..] when pool.Hello?.IsConfined == true => CheckResult.Ok("Attachments are read in child processes that have no network, start nothing and write nothing"),
            [{ Members: [{ Path: MemberName }] }, ..] => CheckResult.Warning(
                "Attachments are read in child processes, which this system does not confine", "Use a kernel with seccomp on x64 or arm64; if weir runs in a container, allow seccomp(2) there."),
            _ => CheckResult.Failed("The child process that reads attachments read a sample wrongly", "Install this version of weir again."),
        };
        return [.. reading, .. Rules()];
    }

    private IEnumerable<CheckResult> Rules()
    {
        if (pool.RulesFolder.Length == 0 || YaraRules.In(pool.RulesFolder).Count == 0)
        {
            return CheckResult.Off($"There are no YARA rules in {pool.RulesFolder}", "Put rules (*.yar) there and install libyara9; they are read without a restart.");
        }

        return (pool.Hello?.RuleProblems ?? []).Select(problem => new CheckResult(CheckState.Warning, $"YARA: {problem}", "Correct it (or apt install libyara9); what else is in the folder runs."))
            .Append(new CheckResult(CheckState.Ok, $"{pool.Hello?.RuleFiles ?? 0} files of YARA rules run, from {pool.RulesFolder}"));
    }

    private static byte[] Sample()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry(MemberName).Open();
            entry.Write("<a href='https://example.org/'>x</a>"u8);
        }

        return Encoding.ASCII.GetBytes($"Subject: check\r\nContent-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(stream.ToArray())}\r\n");
    }
}
