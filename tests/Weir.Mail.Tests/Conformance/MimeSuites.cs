using System.Text.Json;
using Weir.Mail.Contracts;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Conformance;

/// <summary>Messages of other projects' test suites: all are read; where the suite says what is expected, that is found.</summary>
public sealed class MimeSuites(ITestOutputHelper output)
{
    /// <summary>Cases that are known to fail, and why.</summary>
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["content/multipart-space_boundary-after:squote-singlepart-b64h-basic-base64-mixedlen"] = "single quotes around a boundary: found by no common client; flagged",
        ["content/multipart-dummy_inner_with_outer_bound-singlepart-b64h-basic-base64-mixedlen"] = "an inner multipart with the boundary of the outer one; flagged",
        ["content/multipart-outer_is_inner_with_dummy_first-singlepart-b64h-basic-base64-mixedlen"] = "an inner multipart with the boundary of the outer one; flagged",
        ["filename/fname-cdT"] = "two names, of which the record has room for one; flagged",
        ["legacy/001"] = "UTF-7, which no mail client reads any more",
        ["legacy/010"] = "the other parser loses bytes that are not encoded",
        ["legacy/052"] = "the other parser loses bytes that are not encoded",
        ["double-semicolon2"] = "an empty parameter changes nothing for any reader",
    };

    [Theory]
    [InlineData("mime-stalwart")]
    [InlineData("mime-mikel")]
    [InlineData("mime-cpython")]
    [InlineData("mime-mime4j-mimetools")]
    [InlineData("mime-mimetools-hostile")]
    [InlineData("mimekit-testdata")]
    [InlineData("tnef-ytnef")]
    [InlineData("archives-generated")]
    [InlineData("msg-outlook")]
    public void Every_file_is_read_as_a_message_and_as_an_attachment(string suite)
    {
        var count = 0;
        foreach (var file in SharedData.Files($"suites/{suite}"))
        {
            var bytes = File.ReadAllBytes(file);
            if (bytes.Length > 2 << 20)
            {
                continue;
            }

            count++;
            Assert.Equal(bytes.Length, MailParser.Parse(bytes).Size);
            Assert.Equal(bytes.Length, Eml.WithFile(Path.GetFileName(file).Replace("\"", "", StringComparison.Ordinal), bytes).Attachments[0].Size);
        }

        output.WriteLine($"{count} files");
        Assert.True(count > 5);
    }

    [Fact]
    public void Fields_that_are_there_twice_are_flagged()
    {
        foreach (var test in Suites.Cases("mime-mimetools-hostile/index.jsonl").Where(test => test.GetProperty("ambiguous_expected").GetBoolean() && !Known.ContainsKey(test.GetProperty("id").GetString()!)))
        {
            var message = MailParser.Parse(File.ReadAllBytes(Suites.Path($"mime-mimetools-hostile/{test.GetProperty("file").GetString()}")));

            Assert.True(message.Kinds().Any(kind => kind.StartsWith("duplicate-", StringComparison.Ordinal)), $"{test} is not flagged");
        }
    }

    [Fact]
    public void What_is_hidden_by_ambiguous_mime_is_found_or_flagged()
    {
        var failed = new List<string>();
        var found = 0;
        foreach (var test in Suites.Cases("mime-ambiguous-noxxi/dev/index.jsonl"))
        {
            var id = test.GetProperty("id").GetString()!;
            var message = MailParser.Parse(File.ReadAllBytes(Suites.Path($"mime-ambiguous-noxxi/dev/{test.GetProperty("file").GetString()}")));
            var hash = test.GetProperty("expected_sha256").GetString();
            var extension = Path.GetExtension(test.GetProperty("expected_name").GetString()!);
            var isFound = test.GetProperty("kind").GetString() == "hide-content"
                ? message.Parts.Any(part => part.Sha256 == hash)
                : message.Parts.Any(part => part.FileName.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
            found += isFound ? 1 : 0;
            var isFlagged = message.Kinds().Any(kind => kind is not ("missing-date" or "malformed-address"));
            if (!isFound && (test.GetProperty("validity").GetInt32() >= 1 || !isFlagged) && !Known.ContainsKey(id))
            {
                failed.Add($"{id} {test.GetProperty("file")} validity {test.GetProperty("validity")}: {string.Join(", ", message.Parts.Select(part => $"{part.ContentType} {part.FileName}"))} [{string.Join(' ', message.Kinds())}]");
            }
        }

        output.WriteLine($"{found} found");
        failed.ForEach(output.WriteLine);
        Assert.Empty(failed);
    }

    [Fact]
    public void Senders_and_subjects_agree_with_another_parser()
    {
        var failed = new List<string>();
        var count = 0;
        foreach (var test in Suites.Cases("mime-stalwart/dev/index.jsonl"))
        {
            var id = test.GetProperty("id").GetString()!;
            var message = MailParser.Parse(File.ReadAllBytes(Suites.Path($"mime-stalwart/dev/{test.GetProperty("file").GetString()}")));
            using var expected = JsonDocument.Parse(File.ReadAllText(Suites.Path($"mime-stalwart/dev/{test.GetProperty("expected").GetString()}")));
            var headers = expected.RootElement.GetProperty("parts")[0].GetProperty("headers");
            count++;
            if (Text(headers, "subject") is { } subject && Squeeze(subject) != Squeeze(message.Subject) && !Known.ContainsKey(id))
            {
                failed.Add($"{id} subject [{message.Subject}], not [{subject}]");
            }

            if (Addresses(headers, "from") is { } from && !from.SequenceEqual(message.From.Select(each => each.Address.ToLowerInvariant())) && !Known.ContainsKey(id))
            {
                failed.Add($"{id} from [{string.Join(" | ", message.From.Select(each => each.Address))}], not [{string.Join(" | ", from)}]");
            }

            var attachments = expected.RootElement.GetProperty("attachments").GetArrayLength();
            if (attachments > 0 && message.Parts.Count < attachments)
            {
                failed.Add($"{id} has {message.Parts.Count} parts, not {attachments}");
            }
        }

        output.WriteLine($"{count} messages");
        failed.ForEach(output.WriteLine);
        Assert.Empty(failed);
    }

    [Fact]
    public void Files_in_winmail_dat_are_found()
    {
        var folder = Suites.Path("tnef-ytnef");
        var found = Directory.GetFiles(folder).Where(file => Path.GetExtension(file) is ".tnef" or ".dat")
            .SelectMany(file => Eml.WithFile("winmail.dat", File.ReadAllBytes(file)).Parts).Select(part => part.Sha256).ToHashSet(StringComparer.Ordinal);

        var missing = Directory.GetFiles(Path.Combine(folder, "results"))
            .Where(file => !found.Contains(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))))).Select(Path.GetFileName).ToList();

        missing.ForEach(name => output.WriteLine(name!));
        Assert.Empty(missing);
    }

    [Fact]
    public void Test_programs_in_archives_are_found()
    {
        const string Eicar = "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f";
        var failed = new List<string>();
        foreach (var test in Suites.Cases("archives-generated/index.jsonl"))
        {
            var name = test.GetProperty("file").GetString()!;
            var message = Eml.WithFile(name, File.ReadAllBytes(Suites.Path($"archives-generated/{name}")));
            var part = message.Attachments[0];
            var isFound = part.Members.Any(member => member.Sha256 == Eicar);
            var isSaid = part.IsEncrypted || part.NotRead.Length > 0;
            output.WriteLine($"{name}: {part.FileType}, {part.Members.Count} members, found {isFound}, said [{part.NotRead}] {(part.IsEncrypted ? "encrypted" : "")}; expected {test.GetProperty("expect")}");
            if (name.StartsWith("eicar", StringComparison.Ordinal) && !name.EndsWith("b64", StringComparison.Ordinal) && !isFound && !isSaid && !Known.ContainsKey(name))
            {
                failed.Add(name);
            }
        }

        Assert.Empty(failed);
    }

    private static string Squeeze(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static JsonElement? Header(JsonElement headers, string name) =>
        headers.EnumerateArray().Where(header => header.GetProperty("name").ValueKind == JsonValueKind.String && header.GetProperty("name").GetString() == name).Select(header => (JsonElement?)header.GetProperty("value")).FirstOrDefault();

    private static string? Text(JsonElement headers, string name) =>
        Header(headers, name) is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty("Text", out var text) ? text.GetString() : null;

    private static List<string>? Addresses(JsonElement headers, string name)
    {
        if (Header(headers, name) is not { ValueKind: JsonValueKind.Object } value || !value.TryGetProperty("Address", out var address))
        {
            return null;
        }

        var list = address.TryGetProperty("List", out var plain)
            ? plain.EnumerateArray()
            : address.TryGetProperty("Group", out var groups) ? groups.EnumerateArray().SelectMany(group => group.GetProperty("addresses").EnumerateArray()) : [];
        return [.. list.Select(each => (each.GetProperty("address").GetString() ?? "").ToLowerInvariant())];
    }
}
