using System.Text;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Inspection.Readers;

public sealed class LinkFileTests
{
    [Theory]
    [InlineData("a.url", "[InternetShortcut]\r\nURL=https://x.example/a\r\n", "shortcut-target")]
    [InlineData("a.url", "[InternetShortcut]\r\nURL=file://203.0.113.4/share/run.exe\r\n", "shortcut-remote shortcut-target")]
    [InlineData("a.webloc", "<?xml version=\"1.0\"?><plist><dict><key>URL</key><string>https://x.example/a</string></dict></plist>", "shortcut-target")]
    [InlineData("a.library-ms", "<?xml version=\"1.0\"?><libraryDescription><simpleLocation><url>\\\\203.0.113.4\\dav</url></simpleLocation></libraryDescription>", "shortcut-remote shortcut-target")]
    public void What_a_file_opens_is_told(string name, string text, string features) => Assert.Equal(features, Inspected.Features(name, Encoding.UTF8.GetBytes(text)));
}
