using Weir.Mail.Contracts;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Conformance;

public sealed class OutlookSuiteTests
{
    /// <summary>The suite says what another converter makes of each file; compared is what people see, and the files.</summary>
    [Fact]
    public void Messages_of_Outlook_are_read_as_the_suite_says()
    {
        List<string> passed = [], failed = [];
        foreach (var path in Directory.GetFiles(Suites.Path("msg-outlook"), "*.msg").Order(StringComparer.Ordinal))
        {
            var id = "msg/" + Path.GetFileNameWithoutExtension(path);
            var expected = MailParser.Parse(File.ReadAllBytes(Path.ChangeExtension(path, ".eml")));
            var actual = OutlookFiles.ToMail(File.ReadAllBytes(path)) is { } mail ? MailParser.Parse(mail) : null;
            Compare("subject", expected.Subject, actual?.Subject);
            Compare("from", expected.Author?.Address ?? "", actual?.Author?.Address ?? "");
            Compare("text", Words(expected.TextBody), Words(actual?.TextBody));
            Compare("files", Files(expected), actual is null ? null : Files(actual));

            void Compare(string what, string? one, string? other) => (one == other ? passed : failed).Add($"{id}#{what}" + (one == other ? "" : $" expected {one}, got {other}"));
        }

        Suites.AssertKnown("msg-outlook", passed, failed, 22);
    }

    [Fact]
    public void Files_in_TNEF_are_those_of_the_suite()
    {
        List<string> passed = [], failed = [];
        var results = Directory.GetFiles(Suites.Path("tnef-ytnef/results")).Select(path => (Name: Path.GetFileName(path), Hash: Hash(File.ReadAllBytes(path)))).ToList();
        foreach (var path in Directory.GetFiles(Suites.Path("tnef-ytnef")).Where(path => !path.EndsWith(".md", StringComparison.Ordinal) && !path.EndsWith(".json", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var id = "tnef/" + Path.GetFileName(path);
            var message = Eml.WithFile("winmail.dat", File.ReadAllBytes(path));

            // The text of the message, in RTF, comes without a name; the suite has only files.
            var files = message.Attachments.Where(part => part.Path != "2" && !(part.FileType == "rtf" && part.FileName.Length == 0)).ToList();
            foreach (var file in files)
            {
                var isKnown = results.Exists(result => result.Hash == file.Sha256);
                (isKnown ? passed : failed).Add($"{id}#{(file.FileName.Length > 0 ? file.FileName.Replace(' ', '_') : file.Path)}" + (isKnown ? "" : $" of {file.Size} bytes is none of the suite's"));
            }

            if (files.Count == 0)
            {
                (path.EndsWith("rtf.tnef", StringComparison.Ordinal) || message.Defects.Count > 0 ? passed : failed).Add(id);
            }
        }

        Suites.AssertKnown("tnef", passed, failed, 8);
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content));

    private static string Words(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The suite's converter gives the text in RTF no name.</summary>
    private static string Files(ParsedMessage message) => string.Join(", ", message.Attachments.Select(part => $"{(part.FileName == "body.rtf" ? "" : part.FileName)} {part.Size}").Order(StringComparer.Ordinal));
}
