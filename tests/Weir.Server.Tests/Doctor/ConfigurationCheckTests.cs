using Weir.Kernel;
using Weir.Server.Doctor;
using Weir.Storage.Contracts;

namespace Weir.Server.Tests.Doctor;

public sealed class ConfigurationCheckTests : IDisposable
{
    private readonly string _data = TestRun.NewFolder();

    [Fact]
    public async Task It_says_where_the_configuration_is_or_what_to_do_when_there_is_none()
    {
        var check = new ConfigurationCheck(new DataDirectory(_data));
        var none = Assert.Single(await check.RunAsync(TestContext.Current.CancellationToken));
        await File.WriteAllTextAsync(Path.Combine(_data, "weir.json"), "{}", TestContext.Current.CancellationToken);
        var some = Assert.Single(await check.RunAsync(TestContext.Current.CancellationToken));

        Assert.Equal((CheckState.Off, CheckState.Ok), (none.State, some.State));
        Assert.Contains("docs/install.md", none.Advice, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_data, "weir.json"), some.Text, StringComparison.Ordinal);
    }

    public void Dispose() => System.IO.Directory.Delete(_data, recursive: true);
}
