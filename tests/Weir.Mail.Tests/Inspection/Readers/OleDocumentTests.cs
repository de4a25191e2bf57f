using System.Text;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Inspection.Readers;

public sealed class OleDocumentTests
{
    [Fact]
    public void Macros_that_run_by_themselves_and_start_programs_are_told()
    {
        var doc = ActiveFiles.Doc("Sub Document_Open()\r\nShell \"cmd /c calc\"\r\nEnd Sub\r\n");

        Assert.Equal("vba-auto-run vba-macro vba-runs-program", Inspected.Features("a.doc", doc));
        Assert.Contains("Document_Open in Module1", Inspected.File("a.doc", doc)[0].Features.Single(feature => feature.Name == "vba-auto-run").Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x = \"http://evil\" & \".example/a.exe\"")]
    [InlineData("x = \"http:\" & Chr(47) & Chr(47) & \"evil.example/a.exe\"")]
    [InlineData("x = StrReverse(\"exe.a/elpmaxe.live//:ptth\")")]
    [InlineData("x = \"http://evil\" _\r\n & \".example/a.exe\"")]
    public void An_address_written_in_pieces_is_put_together(string line) =>
        Assert.Equal(["http://evil.example/a.exe"], Inspected.Urls("a.doc", ActiveFiles.Doc($"Sub Go()\r\n{line}\r\nEnd Sub\r\n")));

    [Theory]
    [InlineData("CreateObject(\"WScr\" & \"ipt.Shell\")", "vba-runs-program")]
    [InlineData("URLDownloadToFile 0, u, f, 0, 0", "vba-downloads")]
    [InlineData("Set s = CreateObject(\"ADODB.Stream\")", "vba-writes-file")]
    public void What_a_macro_calls_is_told(string line, string feature) =>
        Assert.Equal(new[] { feature, "vba-macro" }.Order(StringComparer.Ordinal), Inspected.Features("a.doc", ActiveFiles.Doc($"Sub Go()\r\n{line}\r\nEnd Sub\r\n")).Split(' '));

    [Theory, InlineData(""), InlineData("Option Explicit\r\n' a remark\r\n")]
    public void A_project_without_code_has_no_macros(string source) => Assert.Equal("", Inspected.Features("a.xls", ActiveFiles.Doc(source)));

    [Theory, InlineData(400), InlineData(600), InlineData(3_000)]
    public void A_document_that_breaks_off_is_told_as_not_read(int bytes)
    {
        var doc = CompoundFileWriter.Write(("WordDocument", new byte[9000]), ("1Table", new byte[5000]));

        Assert.Equal("", Inspected.File("a.doc", doc)[0].NotRead);
        Assert.Contains("broken", Inspected.File("a.doc", doc[..bytes])[0].NotRead, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_starts_a_program_is_told()
    {
        var text = new byte[5000];
        Encoding.Latin1.GetBytes("\u0013 DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe \"/k calc\" \u0014\u0015").CopyTo(text, 2048);

        Assert.Equal("dde", Inspected.Features("a.doc", CompoundFileWriter.Write(("WordDocument", text))));
    }

    [Fact]
    public void A_file_inside_is_told_and_read()
    {
        var doc = CompoundFileWriter.Write(("WordDocument", new byte[5000]), ("ObjectPool/_1/\u0001Ole10Native", ActiveFiles.Native("pay.lnk", ActiveFiles.Lnk(@"..\cmd.exe", "/c calc"))));

        Assert.Equal("embedded-object lnk-runs-script lnk-target", Inspected.Features("a.doc", doc));
        Assert.Contains(Inspected.File("a.doc", doc), report => report is { Inside: "pay.lnk", FileType: "lnk" });
    }

    [Fact]
    public void The_old_Equation_Editor_is_told() =>
        Assert.Equal("equation-object", Inspected.Features("a.doc", CompoundFileWriter.Write(("WordDocument", new byte[5000]), ("ObjectPool/_1/Equation Native", new byte[60]))));

    [Fact]
    public void A_sheet_of_old_macros_is_told()
    {
        byte[] workbook =
        [
            .. Record(0x0809, [0, 6, 5, 0, 0, 0, 0, 0]), .. Record(0x0085, [0, 0, 0, 0, 1, 1, 6, 0, .. "Macro1"u8]), .. Record(0x0018, [0x20, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]),
            .. Record(0x0809, [0, 6, 0x40, 0, 0, 0, 0, 0]), .. Record(0x0006, [.. new byte[22], 0x17, 4, 0, .. "calc"u8, 0x42, 1, 110, 0]),
        ];

        var features = Inspected.File("a.xls", CompoundFileWriter.Write(("Workbook", workbook)))[0].Features;

        Assert.Equal(["xlm-auto-run", "xlm-macro", "xlm-runs-program"], features.Select(feature => feature.Name).Order(StringComparer.Ordinal));
        Assert.Contains(features, feature => feature.Detail.Contains("a hidden sheet", StringComparison.Ordinal));
        Assert.Contains(features, feature => feature.Detail.Contains("EXEC: calc", StringComparison.Ordinal));
    }

    [Fact]
    public void A_plain_document_says_nothing() => Assert.Equal("", Inspected.Features("a.doc", CompoundFileWriter.Write(("WordDocument", Encoding.Unicode.GetBytes(new string('a', 4000))))));

    private static byte[] Record(ushort id, byte[] data) => [.. BitConverter.GetBytes(id), .. BitConverter.GetBytes((ushort)data.Length), .. data];
}
