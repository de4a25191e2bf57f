using System.IO.Compression;
using System.Text;
using Weir.Mail.Contracts;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Archives;

public sealed class ArchiveTests
{
    [Fact]
    public void Members_are_listed_with_type_and_hash()
    {
        var part = Eml.WithFile("a.zip", Zip(("dir/run.exe", Program()), ("readme.txt", "hello"u8.ToArray()))).Attachments.Single();

        Assert.Equal("zip", part.FileType);
        Assert.Equal(["dir/run.exe exe exe", "readme.txt txt txt"], part.Members.Select(member => $"{member.Path} {member.FileType} {member.Extension}"));
        Assert.Equal("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", part.Members[1].Sha256);
    }

    [Fact]
    public void Archives_in_archives_are_opened_to_the_limit()
    {
        var inner = Zip(("x.txt", "x"u8.ToArray()));
        var three = Zip(("2.zip", Zip(("1.zip", inner))));
        var seven = Enumerable.Range(0, 5).Aggregate(inner, (zip, i) => Zip(($"{i}.zip", zip)));

        Assert.Contains("2.zip/1.zip/x.txt", Eml.WithFile("a.zip", three).Attachments.Single().Members.Select(member => member.Path));
        Assert.Contains("archive-too-deep", Eml.WithFile("a.zip", seven).Kinds());
    }

    [Fact]
    public void A_bomb_is_cut_and_said()
    {
        var message = Eml.WithFile("bomb.zip", Zip(("zeros", new byte[4 << 20]), ("after.txt", "x"u8.ToArray())), new ParseLimits { UnpackedBytes = 1 << 20 });

        Assert.Contains("archive-bomb", message.Kinds());
        Assert.NotEqual("", message.Attachments.Single().NotRead);
    }

    [Fact]
    public void A_flood_of_members_is_cut()
    {
        var message = Eml.WithFile("many.zip", Zip([.. Enumerable.Range(0, 50).Select(i => ($"{i}", new byte[1]))]), new ParseLimits { ArchiveMembers = 10 });

        Assert.Equal(10, message.Attachments.Single().Members.Count);
        Assert.Contains("too-many-archive-members", message.Kinds());
    }

    [Fact]
    public void Names_are_read_where_the_directory_is_missing()
    {
        var whole = Zip(("first.txt", "one"u8.ToArray()), ("second.js", "two"u8.ToArray()));
        var cut = whole[..(whole.AsSpan().IndexOf("PK\u0001\u0002"u8))];

        Assert.Equal(["first.txt", "second.js"], Eml.WithFile("a.zip", cut).Attachments.Single().Members.Select(member => member.Path));
    }

    [Fact]
    public void A_compressed_tar_shows_its_files()
    {
        using var tar = new MemoryStream();
        using (var writer = new System.Formats.Tar.TarWriter(tar, leaveOpen: true))
        {
            writer.WriteEntry(new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, new string('d', 120) + "/run.js") { DataStream = new MemoryStream("var x=1"u8.ToArray()) });
        }

        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(tar.ToArray());
        }

        var part = Eml.WithFile("a.tgz", zipped.ToArray()).Attachments.Single();

        Assert.Equal("gz", part.FileType);
        Assert.Equal(["a.tar tar", $"a.tar/{new string('d', 120)}/run.js js"], part.Members.Select(member => $"{member.Path} {member.FileType}"));
    }

    [Fact]
    public void An_encrypted_member_is_named_and_marked()
    {
        var zip = Zip(("secret.exe", Program()));
        zip[6] |= 1;
        var directory = zip.AsSpan().IndexOf("PK\u0001\u0002"u8);
        zip[directory + 8] |= 1;

        var part = Eml.WithFile("a.zip", zip).Attachments.Single();

        Assert.True(part.IsEncrypted);
        Assert.Equal([("secret.exe", true, "")], part.Members.Select(member => (member.Path, member.IsEncrypted, member.Sha256)));
    }

    [Theory, InlineData("7z\u00BC\u00AF\u0027\u001C\0\u0004aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), InlineData("Rar!\u001A\u0007\0aaaaaaaaaaaaaaaaaaaa"), InlineData("PK\u0003\u0004xx"), InlineData("\u001F\u008Bxxxx")]
    public void A_broken_archive_is_a_defect(string content)
    {
        var message = Eml.WithFile("a.bin", Encoding.Latin1.GetBytes(content));

        Assert.True(message.Kinds().Contains("broken-archive") || message.Attachments.Single().Members.Count == 0);
    }

    [Theory, InlineData(0, ""), InlineData(3, "winmail.dat"), InlineData(14, "winmail.dat")]
    public void A_winmail_dat_that_breaks_off_is_told_as_not_read(int missing, string told)
    {
        byte[] attribute = [1, 6, 0x90, 8, 0, 4, 0, 0, 0, 0, 0, 1, 0, 1, 0];
        byte[] whole = [0x78, 0x9F, 0x3E, 0x22, 1, 0, .. attribute, .. attribute];

        var message = Eml.WithFile("winmail.dat", whole[..^missing]);

        Assert.StartsWith(told, message.Attachments[0].NotRead, StringComparison.Ordinal);
        Assert.Equal(told.Length > 0, message.Attachments[0].NotRead.Length > 0);
        Assert.Equal(told.Length > 0, message.Kinds().Contains("broken-tnef"));
    }

    [Fact]
    public void A_document_is_no_archive() =>
        Assert.Equal(("docm", 0), Eml.WithFile("a.docx", Zip(("[Content_Types].xml", []), ("word/document.xml", []), ("word/vbaProject.bin", []))).Attachments.Select(part => (part.FileType, part.Members.Count)).Single());

    internal static byte[] Program()
    {
        var program = new byte[128];
        "MZ"u8.CopyTo(program);
        program[60] = 64;
        "PE\0\0"u8.CopyTo(program.AsSpan(64));
        return program;
    }

    internal static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(content);
            }
        }

        return target.ToArray();
    }
}
