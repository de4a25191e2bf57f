using Weir.Portal.Shell;

namespace Weir.Portal.Tests.Shell;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("photo\u202Egpj.exe", "photo[U+202E]gpj.exe")]
    [InlineData("a\u0000b\u200Bc\u2066d", "a[U+0000]b[U+200B]c[U+2066]d")]
    [InlineData("\uFEFFPay\u00ADPal", "[U+FEFF]Pay[U+00AD]Pal")]
    public void What_turns_round_or_hides_is_written_out(string text, string shown) => Assert.Equal(shown, SafeText.Of(text));

    [Theory]
    [InlineData("Ünïcödé 件名 الموضوع тема 🐟")]
    [InlineData("👩\u200D💻 and می\u200Cخواهم")]
    [InlineData("two\r\n\tlines")]
    [InlineData("<b>markup</b>")]
    [InlineData("")]
    public void What_people_write_stays(string text) => Assert.Equal(text, SafeText.Of(text));
}
