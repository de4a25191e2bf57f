using Weir.Kernel;
using Weir.Storage.Checks;

namespace Weir.Storage.Tests.Checks;

public sealed class DirectoryRightsCheckTests
{
    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserExecute, CheckState.Ok)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupExecute, CheckState.Ok)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherExecute, CheckState.Failed)]
    public async Task A_directory_that_every_user_can_enter_is_told(UnixFileMode mode, CheckState expected)
    {
        using var directory = new TemporaryDirectory();
        File.SetUnixFileMode(directory.Path, mode | UnixFileMode.UserWrite);

        var result = Assert.Single(await new DirectoryRightsCheck(directory.Data).RunAsync(TestContext.Current.CancellationToken));

        Assert.Equal(expected, result.State);
    }
}
