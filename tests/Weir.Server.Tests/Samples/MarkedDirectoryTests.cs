using Weir.Server.Samples;

namespace Weir.Server.Tests.Samples;

public sealed class MarkedDirectoryTests : IDisposable
{
    private readonly string _parent = TestRun.NewFolder("demo");

    private string Folder => Path.Combine(_parent, "demo");

    [Fact]
    public void A_folder_of_somebody_else_is_neither_filled_nor_deleted()
    {
        System.IO.Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "thesis.txt"), "ten years of work");

        Assert.NotNull(MarkedDirectory.OfMail(Folder, "weir demo").Prepare(reset: false));
        Assert.NotNull(MarkedDirectory.OfMail(Folder, "weir demo").Prepare(reset: true));

        Assert.Equal(["thesis.txt"], System.IO.Directory.GetFileSystemEntries(Folder).Select(Path.GetFileName)!);
    }

    [Fact]
    public void A_second_start_keeps_what_the_first_made_and_a_reset_does_not()
    {
        Assert.Null(MarkedDirectory.OfMail(Folder, "weir demo").Prepare(reset: false));
        File.WriteAllText(Path.Combine(Folder, "weir.db"), "data");

        Assert.Null(MarkedDirectory.OfMail(Folder, "weir demo").Prepare(reset: false));
        Assert.True(File.Exists(Path.Combine(Folder, "weir.db")));

        Assert.Null(MarkedDirectory.OfMail(Folder, "weir demo").Prepare(reset: true));
        Assert.False(File.Exists(Path.Combine(Folder, "weir.db")));
    }

    [Fact]
    public void What_a_running_weir_holds_is_not_deleted()
    {
        Assert.Null(MarkedDirectory.OfRows(Folder).Prepare(reset: false));
        using var held = Weir.Storage.Contracts.DataDirectoryLock.Take(new Weir.Storage.Contracts.DataDirectory(Folder));

        Assert.Contains("stop it", MarkedDirectory.OfRows(Folder).Prepare(reset: true), StringComparison.Ordinal);
        Assert.NotNull(MarkedDirectory.OfMail(Folder, "weir demo").Prepare(reset: true));
    }

    public void Dispose() => System.IO.Directory.Delete(_parent, recursive: true);
}
