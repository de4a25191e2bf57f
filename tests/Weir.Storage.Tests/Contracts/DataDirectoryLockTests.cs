using Weir.Storage.Contracts;

namespace Weir.Storage.Tests.Contracts;

public sealed class DataDirectoryLockTests
{
    [Fact]
    public void A_second_opener_learns_who_holds_the_directory()
    {
        using var directory = new TemporaryDirectory();
        using var held = DataDirectoryLock.Take(directory.Data);

        var refusal = Assert.Throws<DataDirectoryInUseException>(() => DataDirectoryLock.Take(directory.Data));

        Assert.Equal(Environment.ProcessId, refusal.ProcessId);
        Assert.Contains(directory.Path, refusal.Message, StringComparison.Ordinal);
        Assert.Null(DataDirectoryLock.TryTake(directory.Data));
    }

    [Fact]
    public void A_directory_that_is_made_is_for_its_owner_only()
    {
        using var directory = new TemporaryDirectory();
        var inner = Path.Combine(directory.Path, "a", "b");

        using var held = DataDirectoryLock.Take(new DataDirectory(inner));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(inner));
    }

    [Fact]
    public void A_released_directory_can_be_taken_again()
    {
        using var directory = new TemporaryDirectory();
        DataDirectoryLock.Take(directory.Data).Dispose();

        using var again = DataDirectoryLock.TryTake(directory.Data);

        Assert.NotNull(again);
    }
}
