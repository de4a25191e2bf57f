using System.Text;
using Weir.Mail.Files;

namespace Weir.Mail.Tests.Files;

public sealed class OleKindsTests
{
    [Theory]
    [InlineData("WordDocument", "doc")]
    [InlineData("Workbook", "xls")]
    [InlineData("PowerPoint Document", "ppt")]
    [InlineData("__properties_version1.0", "msg")]
    [InlineData("EncryptedPackage", "office-encrypted")]
    [InlineData("Other", "ole")]
    public void The_directory_tells_the_kind(string stream, string type) => Assert.Equal(type, FileTypes.Of(Ole(stream), "a"));

    [Fact]
    public void An_installer_is_told_by_its_class()
    {
        var file = Ole("Other");
        byte[] installer = [0x84, 0x10, 0x0C, 0x00, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];
        installer.CopyTo(file.AsSpan(1_024 + 80));

        Assert.Equal("msi", FileTypes.Of(file, "a"));
    }

    [Fact]
    public void An_encrypted_document_is_marked() => Assert.True(OleKinds.IsEncrypted(Ole("EncryptedPackage")));

    [Fact]
    public void A_chain_that_turns_in_a_circle_ends()
    {
        var file = Ole("Other");
        BitConverter.GetBytes(1).CopyTo(file, 512 + 4);

        Assert.Equal("ole", FileTypes.Of(file, "a"));
    }

    /// <summary>A header, one sector of the allocation table, one of the directory with a root and one stream.</summary>
    private static byte[] Ole(string stream)
    {
        var file = new byte[512 * 3];
        byte[] magic = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        magic.CopyTo(file, 0);
        file[30] = 9;
        file[48] = 1;
        file.AsSpan(76, 436).Fill(0xFF);
        file.AsSpan(76, 4).Clear();
        file.AsSpan(512, 512).Fill(0xFF);
        BitConverter.GetBytes(-2).CopyTo(file, 512 + 4);
        Entry(file.AsSpan(1_024), "Root Entry", 5);
        Entry(file.AsSpan(1_024 + 128), stream, 2);
        return file;
    }

    private static void Entry(Span<byte> entry, string name, byte kind)
    {
        var bytes = Encoding.Unicode.GetBytes(name);
        bytes.CopyTo(entry);
        entry[64] = (byte)(bytes.Length + 2);
        entry[66] = kind;
    }
}
