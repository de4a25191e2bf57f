using Weir.Mail.Tests.Support;
using static Weir.Mail.Tests.Archives.ArchiveTests;

namespace Weir.Mail.Tests.Inspection.Readers;

public sealed class DiskImageTests
{
    [Fact]
    public void A_program_on_a_disk_is_told() => Assert.Equal("disk-image-program", Inspected.Features("a.vhd", Disk(4096, Program())));

    [Fact]
    public void A_shortcut_on_a_disk_is_read_wherever_it_lies() =>
        Assert.Equal("disk-image-program lnk-runs-script lnk-target", Inspected.Features("a.vhd", Disk(4321, ActiveFiles.Lnk("cmd.exe", "/c calc"))));

    [Fact]
    public void A_disk_with_pictures_says_nothing() => Assert.Equal("", Inspected.Features("a.vhd", Disk(4096, [0xFF, 0xD8, 0xFF, (byte)'M', (byte)'Z'])));

    private static byte[] Disk(int at, byte[] content)
    {
        var disk = new byte[20_000 / 512 * 512];
        content.CopyTo(disk, at);
        return [.. disk, .. "conectix"u8, .. new byte[504]];
    }
}
