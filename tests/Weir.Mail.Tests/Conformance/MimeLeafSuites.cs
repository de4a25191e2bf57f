using System.Text;
using System.Text.RegularExpressions;
using Weir.Mail.Contracts;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Conformance;

/// <summary>What is inside messages, as other projects decode it.</summary>
public sealed partial class MimeLeafSuites
{
    [Fact]
    public void Bodies_decode_as_in_mime4j()
    {
        List<string> passed = [], failed = [];
        foreach (var test in Suites.Cases("mime-mime4j-mimetools/dev/index.jsonl"))
        {
            var file = test.GetProperty("file").GetString()!;
            var message = Read($"mime-mime4j-mimetools/dev/{file}");
            // The index also names files of messages whose name begins alike.
            var own = Path.ChangeExtension(file, null) + "_decoded_";
            var contents = message.Parts.Select(part => Squeeze(part.Content.Span)).ToHashSet(StringComparer.Ordinal);
            foreach (var name in test.GetProperty("expected").EnumerateArray().Select(file => file.GetString()!).Where(name => name.StartsWith(own, StringComparison.Ordinal)))
            {
                var expected = Squeeze(File.ReadAllBytes(Suites.Path($"mime-mime4j-mimetools/dev/{name}")));
                Sort($"mime4j/{name}", expected.Length == 0 || contents.Contains(expected), $"is in none of {string.Join(", ", message.Parts.Select(part => $"{part.ContentType} {Difference(Squeeze(part.Content.Span), expected)}"))} [{string.Join(' ', message.Kinds())}]", passed, failed);
            }
        }

        Suites.AssertKnown("mime4j", passed, failed, 60);
    }

    [Fact]
    public void Files_of_MIME_tools_have_their_name_and_size()
    {
        List<string> passed = [], failed = [];
        foreach (var test in Suites.Cases("mime-mimetools-hostile/index.jsonl"))
        {
            var id = test.GetProperty("id").GetString()!;
            var reference = Path.ChangeExtension(Suites.Path($"mime-mimetools-hostile/{test.GetProperty("file").GetString()}"), ".ref");
            if (!File.Exists(reference))
            {
                continue;
            }

            var parts = Read($"mime-mimetools-hostile/{test.GetProperty("file").GetString()}").Parts;
            foreach (Match entity in Entity().Matches(File.ReadAllText(reference)))
            {
                if (Filename().Match(entity.Value) is not { Success: true } name || Size().Match(entity.Value) is not { Success: true } size)
                {
                    continue;
                }

                // A path before the name is nobody's business.
                var last = name.Groups["name"].Value.Split('/')[^1];
                var isFound = parts.Any(part => part.FileName == last && $"{part.Size}" == size.Groups["size"].Value);
                Sort($"mimetools/{id}/{entity.Groups["entity"].Value}", isFound, $"{last} {size.Groups["size"].Value}, got {string.Join(", ", parts.Select(part => $"{part.FileName} {part.Size}"))}", passed, failed);
            }
        }

        Suites.AssertKnown("mimetools", passed, failed, 5);
    }

    [Fact]
    public void Broken_mail_of_the_mail_library_still_says_who_and_what()
    {
        List<string> passed = [], failed = [];
        foreach (var test in Suites.Cases("mime-mikel/dev/index.jsonl").Where(test => test.GetProperty("file").GetString()!.EndsWith(".eml", StringComparison.Ordinal)))
        {
            var file = test.GetProperty("file").GetString()!;
            var message = Read($"mime-mikel/dev/{file}");
            var isReport = test.GetProperty("class").GetString() == "multipart_report_emails";
            var isRead = (message.Author is not null || !message.Headers.Any(header => header.Name == "From"))
                && (message.Subject.Length > 0 || !message.Headers.Any(header => header.Name == "Subject" && header.Value.Length > 0))
                && (message.VisibleText.Length > 0 || message.Attachments.Count > 0);
            var isStatus = message.Parts.Any(part => part.ContentType == "message/delivery-status" && Encoding.Latin1.GetString(part.Content.Span) is var text
                && text.Contains("Final-Recipient", StringComparison.OrdinalIgnoreCase) && text.Contains("Status:", StringComparison.OrdinalIgnoreCase));
            Sort($"mikel/{file}", isRead && (isStatus || !isReport), $"from [{message.Author?.Address}] subject [{message.Subject}] text {message.VisibleText.Length}, {string.Join(", ", message.Parts.Select(part => part.ContentType))}", passed, failed);
        }

        Suites.AssertKnown("mikel", passed, failed, 45);
    }

    [Fact]
    public void Files_in_winmail_dat_have_the_names_that_MimeKit_lists()
    {
        List<string> passed = [], failed = [];
        foreach (var list in Directory.GetFiles(Suites.Path("mimekit-testdata/dev/tnef"), "*.list").Order(StringComparer.Ordinal))
        {
            var container = Path.ChangeExtension(list, ".tnef");
            if (!File.Exists(container))
            {
                continue;
            }

            var found = Eml.WithFile("winmail.dat", File.ReadAllBytes(container)).Parts.Select(part => part.FileName).ToList();
            // Bodies are files to that list, and text to Weir.
            var missing = File.ReadAllLines(list).Where(name => name.Length > 0 && !name.StartsWith("body.", StringComparison.Ordinal) && !found.Contains(name)).ToList();
            Sort($"tnef/{Path.GetFileNameWithoutExtension(list)}", missing.Count == 0, $"{string.Join(", ", missing)} not among {string.Join(", ", found)}", passed, failed);
        }

        Suites.AssertKnown("mimekit-tnef", passed, failed, 8);
    }

    [Theory]
    [InlineData("photo.b64", "base64", "photo.jpg")]
    [InlineData("photo.uu", "x-uuencode", "photo.jpg")]
    [InlineData("wikipedia.qp", "quoted-printable", "wikipedia.txt")]
    public void Transfer_encodings_decode_as_in_MimeKit(string encoded, string encoding, string decoded)
    {
        byte[] raw = [.. Encoding.ASCII.GetBytes($"From: a@example.org\r\nContent-Type: application/octet-stream; name=x\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"), .. File.ReadAllBytes(Suites.Path($"mimekit-testdata/dev/encoders/{encoded}"))];

        Assert.Equal(Squeeze(File.ReadAllBytes(Suites.Path($"mimekit-testdata/dev/encoders/{decoded}"))), Squeeze(MailParser.Parse(raw).Parts[0].Content.Span));
    }

    private static ParsedMessage Read(string path) => MailParser.Parse(File.ReadAllBytes(Suites.Path(path)));

    private static string Difference(string actual, string expected)
    {
        var at = actual.Zip(expected).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"{actual.Length}/{expected.Length} at {at}: [{actual[at..Math.Min(actual.Length, at + 20)]}] not [{expected[at..Math.Min(expected.Length, at + 20)]}]";
    }

    /// <summary>Without line ends' differences and without empty lines at the end.</summary>
    private static string Squeeze(ReadOnlySpan<byte> content) => Encoding.Latin1.GetString(content).ReplaceLineEndings("\n").TrimEnd('\n');

    private static void Sort(string id, bool agrees, string detail, List<string> passed, List<string> failed)
    {
        var name = id.Replace(' ', '_');
        (agrees ? passed : failed).Add(agrees ? name : $"{name} {detail}");
    }

    [GeneratedRegex("""^\s*"(?<entity>Msg|Part_[0-9_]+)"\s*=>\s*\{.*?^\s*\}""", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Entity();

    [GeneratedRegex("""\s"Filename"\s*=>\s*(qq\{|")(?<name>[^"}]*)""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Filename();

    [GeneratedRegex("""\s"Size"\s*=>\s*(?<size>[0-9]+)""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Size();
}
