using System.Text;
using Weir.Mail.Files;
using Weir.Mail.Tests.Archives;

namespace Weir.Mail.Tests.Files;

public sealed class FileTypesTests
{
    [Theory]
    [InlineData("%PDF-1.7", "a.txt", "pdf")]
    [InlineData("junk before %PDF-1.7", "a", "pdf")]
    [InlineData("{\\rtf1", "a.doc", "rtf")]
    [InlineData("7z\u00BC\u00AF\u0027\u001C", "a", "7z")]
    [InlineData("Rar!\u001A\u0007\u0001\0", "a", "rar")]
    [InlineData("\u001F\u008B\u0008", "a", "gz")]
    [InlineData("\u007FELF", "a", "elf")]
    [InlineData("L\0\0\0\u0001\u0014\u0002\0", "a.pdf", "lnk")]
    [InlineData("MSCF", "a", "cab")]
    [InlineData("ITSF", "a", "chm")]
    [InlineData("\u0089PNG\r\n\u001A\n", "a.jpg", "png")]
    [InlineData("\u00FF\u00D8\u00FF\u00E0", "a", "jpg")]
    [InlineData("GIF89a", "a", "gif")]
    [InlineData("RIFFxxxxWEBP", "a", "webp")]
    [InlineData("\u0078\u009F\u003E\u0022", "winmail.dat", "tnef")]
    [InlineData("\u00E4R\\{\u008C\u00D8\u00A7M\u00AE\u00B1Sx\u00D0)\u0096\u00D3", "a", "one")]
    [InlineData("<!DOCTYPE html><p>x", "a.txt", "html")]
    [InlineData("  <HTML>", "a", "html")]
    [InlineData("<div>x</div><script>1</script>", "a.shtml", "html")]
    [InlineData("<svg xmlns='x'><script/></svg>", "a.png", "svg")]
    [InlineData("<?xml version='1.0'?><a/>", "a", "xml")]
    [InlineData("var x = 1;", "a.js", "js")]
    [InlineData("Set x = CreateObject(\"a\")", "a.vbs", "vbs")]
    [InlineData("Write-Host 1", "a.ps1", "ps1")]
    [InlineData("@echo off", "a.txt", "bat")]
    [InlineData("<html><hta:application></html>", "a.txt", "hta")]
    [InlineData("<job><script>x</script></job>", "a.wsf", "wsf")]
    [InlineData("BEGIN:VCALENDAR", "a", "ics")]
    [InlineData("BEGIN:VCARD", "a", "vcf")]
    [InlineData("-----BEGIN PGP MESSAGE-----", "a", "pgp")]
    [InlineData("[InternetShortcut]\nURL=http://x", "a.txt", "url")]
    [InlineData("From: a\nSubject: b\n\nx", "a", "eml")]
    [InlineData("just words", "a.pdf", "txt")]
    [InlineData("MZ is also text", "a.txt", "txt")]
    [InlineData("BM is also text", "a.txt", "txt")]
    [InlineData("\u0001\u0002\u0003\u0004", "a.pdf", "unknown")]
    [InlineData("", "a.pdf", "unknown")]
    public void A_file_is_what_its_content_is(string content, string name, string type) => Assert.Equal(type, FileTypes.Of(Encoding.Latin1.GetBytes(content), name));

    [Fact]
    public void Programs_and_libraries_are_told_apart()
    {
        var library = ArchiveTests.Program();
        library[64 + 23] = 0x20;

        Assert.Equal(("exe", "dll"), (FileTypes.Of(ArchiveTests.Program(), "a.pdf"), FileTypes.Of(library, "a")));
    }

    [Theory]
    [InlineData("docx", "[Content_Types].xml", "word/document.xml")]
    [InlineData("docm", "[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")]
    [InlineData("xlsx", "[Content_Types].xml", "xl/workbook.xml")]
    [InlineData("xlsm", "[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin")]
    [InlineData("xlsb", "[Content_Types].xml", "xl/workbook.bin")]
    [InlineData("pptx", "[Content_Types].xml", "ppt/presentation.xml")]
    [InlineData("jar", "META-INF/MANIFEST.MF", "a.class")]
    [InlineData("apk", "AndroidManifest.xml", "META-INF/MANIFEST.MF")]
    [InlineData("zip", "a.txt")]
    public void Documents_are_told_by_the_names_inside(string type, params string[] names) =>
        Assert.Equal(type, FileTypes.Of(ArchiveTests.Zip([.. names.Select(name => (name, Array.Empty<byte>()))]), "a.bin"));

    [Fact]
    public void Images_of_disks_are_found_by_their_signatures_far_inside()
    {
        var iso = new byte[0x9000];
        "CD001"u8.CopyTo(iso.AsSpan(0x8001));
        var vhd = new byte[2_048];
        "conectix"u8.CopyTo(vhd.AsSpan(1_536));
        var tar = new byte[1_024];
        "ustar"u8.CopyTo(tar.AsSpan(257));

        Assert.Equal(("iso", "vhd", "tar"), (FileTypes.Of(iso, "a.img"), FileTypes.Of(vhd, "a"), FileTypes.Of(tar, "a")));
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData(@"C:\Users\x\a.pdf", "a.pdf")]
    [InlineData("fdp.\u202Eexe", "fdp.\u202Eexe")]
    [InlineData(" a\r\nb.txt ", "ab.txt")]
    [InlineData("", "")]
    public void A_name_has_no_path_and_keeps_its_tricks(string declared, string expected) => Assert.Equal(expected, FileNames.Clean(declared));

    [Fact]
    public void An_extension_is_what_windows_sees() =>
        Assert.Equal(("exe", "exe", ""), (FileNames.Extension("a.pdf.EXE"), FileNames.Extension("a.exe. . "), FileNames.Extension("none")));
}
