using System.Text.Json;
using Weir.Mail.Contracts;
using Weir.Mail.Files;
using Weir.Mail.Inspection.Office;
using Weir.Mail.Inspection.Ole;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Conformance;

public sealed class OfficeSuiteTests
{
    [Fact]
    public void What_documents_of_the_suite_can_do_is_told()
    {
        List<string> passed = [], failed = [];
        foreach (var test in Suites.Cases("office-oletools/dev/index.jsonl"))
        {
            var id = "oletools/" + test.GetProperty("id").GetString();
            var reports = Inspect(Suites.Path("office-oletools/dev/" + test.GetProperty("file").GetString()));
            var told = Told(reports);
            var expected = test.GetProperty("features").EnumerateArray().Select(feature => feature.GetString()!).ToList();
            foreach (var feature in expected)
            {
                (told.Contains(feature) ? passed : failed).Add($"{id}#{feature}" + (told.Contains(feature) ? "" : $" told: {string.Join(", ", told)}"));
            }

            if (expected.Count == 0)
            {
                (told.Count == 0 ? passed : failed).Add(told.Count == 0 ? id : $"{id} told: {string.Join(", ", told)}");
            }

            if (test.GetProperty("embedded") is { ValueKind: JsonValueKind.Object } embedded)
            {
                var name = embedded.GetProperty("name").GetString()!;
                var isFound = reports.Any(report => report.Inside.EndsWith(name, StringComparison.Ordinal) || report.Features.Any(feature => feature.Name == "embedded-object" && Plain(feature.Detail).EndsWith(Plain(name), StringComparison.Ordinal)));
                (isFound ? passed : failed).Add($"{id}#name" + (isFound ? "" : $" {name} is not among {string.Join(", ", reports.SelectMany(report => report.Features).Select(feature => feature.Detail))}"));
            }
        }

        Suites.AssertKnown("office-oletools", passed, failed, 84);
    }

    [Fact]
    public void Documents_behind_a_password_are_told()
    {
        List<string> passed = [], failed = [];
        foreach (var test in Suites.Cases("office-encrypted/index.jsonl"))
        {
            var id = test.GetProperty("id").GetString()!;
            var isTold = Inspect(Suites.Path("office-encrypted/" + test.GetProperty("file").GetString())).Any(report => report.IsEncrypted);
            (isTold == test.GetProperty("encrypted").GetBoolean() ? passed : failed).Add(id);
        }

        Suites.AssertKnown("office-encrypted", passed, failed, 10);
    }

    [Fact]
    public void Documents_are_opened_with_the_password_of_the_text()
    {
        List<string> passed = [], failed = [];
        foreach (var test in Suites.Cases("office-encrypted/index.jsonl").Where(test => test.TryGetProperty("password", out _)))
        {
            var id = test.GetProperty("id").GetString() + "#opened";
            var isOpened = Inspect(Suites.Path("office-encrypted/" + test.GetProperty("file").GetString()), test.GetProperty("password").GetString()!)
                .Any(report => report.Features.Any(feature => feature.Name == "opened-with-password-of-text"));
            (isOpened ? passed : failed).Add(id);
        }

        Suites.AssertKnown("office-encrypted", passed, failed, 4);
    }

    [Theory, InlineData("example_password.docx", "example.docx"), InlineData("example_password.xlsx", "example.xlsx"), InlineData("ecma376standard_password.docx", "ecma376standard_password_plain.docx")]
    public void An_opened_document_is_the_one_that_was_closed(string closed, string clear)
    {
        var ole = CompoundFile.Open(File.ReadAllBytes(Suites.Path("office-encrypted/msoffcrypto/inputs/" + closed)))!;
        var encryption = PackageEncryption.Of(ole)!;

        Assert.Equal(File.ReadAllBytes(Suites.Path("office-encrypted/msoffcrypto/outputs/" + clear)), encryption.Open("Password1234_"));
        Assert.Null(encryption.Open("Password1234"));
    }

    /// <summary>The suite writes names as its tool makes them safe.</summary>
    private static string Plain(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_'))[^Math.Min(12, name.Length)..];

    private static IReadOnlyList<FileReport> Inspect(string path, string password = "infected-test")
    {
        var content = File.ReadAllBytes(path);
        var name = Path.GetFileName(path);
        return FileInspection.Inspect(new InspectionRequest([new FileToInspect { PartPath = "1", FileName = name, FileType = FileTypes.Of(content, name), Content = content, Passwords = [password] }])).Files;
    }

    /// <summary>In the words of the suite.</summary>
    private static HashSet<string> Told(IReadOnlyList<FileReport> reports)
    {
        var told = reports.SelectMany(report => report.Features).Select(feature => feature.Name switch
        {
            "vba-macro" or "xlm-macro" or "dde" or "embedded-object" => feature.Name,
            "external-object" or "external-template" => "external-relationship",
            "rtf-object" => "rtf-ole-object",
            "standard-password" => "VelvetSweatshop-default-password",
            _ => "",
        }).Where(name => name.Length > 0).ToHashSet(StringComparer.Ordinal);
        if (reports.Any(report => report.IsEncrypted))
        {
            told.Add("encrypted");
        }

        if (reports.Any(report => report.FileType == "lnk" && report.Inside.Length > 0))
        {
            told.Add("embedded-lnk");
        }

        return told;
    }
}
