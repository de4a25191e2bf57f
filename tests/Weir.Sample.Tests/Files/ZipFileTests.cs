using System.IO.Compression;
using System.Text;
using Weir.Sample.Files;

namespace Weir.Sample.Tests.Files;

public sealed class ZipFileTests
{
    [Fact]
    public async Task An_archive_opens_and_gives_back_its_files()
    {
        var bytes = WordFile.Write(["One & two"]);
        await using var archive = await ZipArchive.CreateAsync(new MemoryStream(bytes), ZipArchiveMode.Read, leaveOpen: false, entryNameEncoding: null, TestContext.Current.CancellationToken);
        var entry = archive.GetEntry("word/document.xml") ?? throw new InvalidOperationException("no document");
        using var reader = new StreamReader(await entry.OpenAsync(TestContext.Current.CancellationToken), Encoding.UTF8);

        Assert.Contains("One &amp; two", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public void A_locked_archive_opens_with_its_password()
    {
        using var archive = SharpCompress.Archives.Zip.ZipArchive.OpenArchive(new MemoryStream(DemoMalware.LockedArchive("x").Content), new SharpCompress.Readers.ReaderOptions { Password = DemoMalware.Password });
        var entry = archive.Entries.Single();
        using var content = new MemoryStream();
        using (var stream = entry.OpenEntryStream())
        {
            stream.CopyTo(content);
        }

        Assert.True(entry.IsEncrypted);
        Assert.Equal(DemoMalware.Eicar(), content.ToArray());
    }
}
