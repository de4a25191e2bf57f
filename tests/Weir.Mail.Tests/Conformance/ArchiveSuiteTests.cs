using Weir.Mail.Contracts;
using Weir.Mail.Files;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Conformance;

/// <summary>Containers around a harmless file: what lies in them must be found, or they are told as not read.</summary>
public sealed class ArchiveSuiteTests
{
    private const string Eicar = "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f";
    private const string ClamTest = "71e7b604d18aefd839e51a39c88df8383bb4c071dc31f87f00a2b5df580d4495";

    /// <summary>Archives by themselves; documents, mail and packers are others' matter.</summary>
    private static readonly string[] Containers =
        ["clam.zip", "clam.7z", "clam-v2.rar", "clam-v3.rar", "clam.tar.gz", "clam.bz2.zip", "clam.d64.zip", "clam.impl.zip", "clam.exe.bz2", "clam.iso", "clamjol.iso", "clam.arj", "clam.exe_and_mail.tar.gz", "clam.cab"];

    [Fact]
    public void What_archives_hold_is_found_or_they_are_told_as_not_read()
    {
        List<string> found = [], told = [], silent = [];
        foreach (var test in Suites.Cases("archives-generated/index.jsonl"))
        {
            var id = test.GetProperty("id").GetString()!;
            // Without a container around it, or no archive: the parser of mail and the reader of pages take these.
            if (id is "eicar.com.b64" or "html-smuggling-eicar.html" or "encrypted-exe-name.zip" or "double-ext.zip" or "traversal.zip")
            {
                continue;
            }

            Note(id, File.ReadAllBytes(Suites.Path("archives-generated/" + test.GetProperty("file").GetString())), Eicar, found, told, silent);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"found: {string.Join(' ', found)}; told: {string.Join(' ', told)}");
        Assert.Empty(silent);
        Assert.Contains("prefix-polyglot.gif", found);
        Assert.Contains("eicar-encrypted-infected.7z", found);
    }

    [Fact]
    public void Test_files_of_an_antivirus_engine_are_taken_out_of_their_containers()
    {
        var key = File.ReadAllBytes(Suites.Path("av-containers-clamav/xor.key"));
        List<string> found = [], told = [], silent = [];
        foreach (var name in Containers)
        {
            var content = File.ReadAllBytes(Suites.Path($"av-containers-clamav/xor/{name}.xor"));
            for (var i = 0; i < content.Length; i++)
            {
                content[i] ^= key[i % key.Length];
            }

            Note(name, content, ClamTest, found, told, silent);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"found: {string.Join(' ', found)}; told: {string.Join(' ', told)}; silent: {string.Join(' ', silent)}");
        Assert.Empty(silent);
        // The files of a cabinet are listed, imploded ZIP and the two RAR are not unpacked by the library.
        Assert.Equal(["clam-v2.rar", "clam-v3.rar", "clam.impl.zip", "clam.cab"], told);
    }

    private static void Note(string name, byte[] content, string sha256, List<string> found, List<string> told, List<string> silent)
    {
        var message = Eml.WithFile(name, content, ParseLimits.Default with { LeavesArchives = true });
        var result = InspectionRequest.Of(message) is { } request ? FileInspection.Inspect(request) : InspectionResult.Nothing;
        var part = result.ApplyTo(message, 100).Attachments.Single();
        (part.Members.Any(member => member.Sha256 == sha256) || part.Sha256 == sha256 ? found : part.NotRead.Length > 0 || part.IsEncrypted ? told : silent).Add(name);
        Assert.NotEqual(FileTypes.Unknown, part.FileType);
    }
}
