using Weir.Kernel;
using Weir.Storage.Checks;
using Weir.Storage.Contracts;

namespace Weir.Storage.Tests.Checks;

public sealed class DiskCheckTests
{
    [Theory]
    [InlineData(2L << 30, CheckState.Ok, "2.0 GiB", "")]
    [InlineData((2L << 30) - 1, CheckState.Failed, "2.0 GiB", "Make room")]
    [InlineData(0, CheckState.Failed, "0.0 GiB", "451")]
    public async Task Less_than_two_gibibytes_are_too_few(long free, CheckState state, string text, string advice)
    {
        using var directory = new TemporaryDirectory();

        var result = Assert.Single(await new DiskCheck(directory.Data, new Disk(free)).RunAsync(TestContext.Current.CancellationToken));

        Assert.Equal(state, result.State);
        Assert.Contains(text, result.Text, StringComparison.Ordinal);
        Assert.Contains(advice, result.Advice, StringComparison.Ordinal);
    }

    private sealed class Disk(long free) : IDisk
    {
        public long FreeBytes(string path) => free;
    }
}
