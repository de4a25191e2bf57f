using Weir.Server.Demo;

namespace Weir.Server.Tests.Demo;

public sealed class DemoDirectoryTests : IDisposable
{
    private readonly string _parent = System.IO.Directory.CreateTempSubdirectory("weir-demo-").FullName;

    private string Folder => Path.Combine(_parent, "demo");

    [Fact]
    public void A_folder_of_somebody_else_is_neither_filled_nor_deleted()
    {
        System.IO.Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "thesis.txt"), "ten years of work");

        Assert.NotNull(new DemoDirectory(Folder).Prepare(reset: false));
        Assert.NotNull(new DemoDirectory(Folder).Prepare(reset: true));

        Assert.Equal(["thesis.txt"], System.IO.Directory.GetFileSystemEntries(Folder).Select(Path.GetFileName)!);
    }

    [Fact]
    public void A_second_start_keeps_what_the_first_made_and_a_reset_does_not()
    {
        Assert.Null(new DemoDirectory(Folder).Prepare(reset: false));
        File.WriteAllText(Path.Combine(Folder, "weir.db"), "data");

        Assert.Null(new DemoDirectory(Folder).Prepare(reset: false));
        Assert.True(File.Exists(Path.Combine(Folder, "weir.db")));

        Assert.Null(new DemoDirectory(Folder).Prepare(reset: true));
        Assert.False(File.Exists(Path.Combine(Folder, "weir.db")));
    }

    public void Dispose() => System.IO.Directory.Delete(_parent, recursive: true);
}
