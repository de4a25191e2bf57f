using System.Diagnostics;

namespace Weir.Server.Tests.Inspection;

/// <summary>No child outlives the server that started it.</summary>
public sealed class ServerChildrenTests : IDisposable
{
    private readonly string _data = TestRun.NewFolder();

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_server_that_stops_or_is_killed_leaves_no_children(bool isKilled)
    {
        await using var weir = await RunningWeir.StartAsync(_data);
        Assert.Empty(Inspectors.Of(weir.Id));
        await WeirProgram.RunAsync("doctor", "--data", _data);
        var children = Inspectors.Of(weir.Id);
        Assert.Single(children);

        await (isKilled ? weir.KillAsync() : weir.StopAsync());

        await Inspectors.GoneAsync(children);
    }

    [Fact]
    public async Task A_child_whose_parent_is_gone_ends_even_when_its_input_stays_open()
    {
        // The other end of its input is held by a third process.
        using var shell = TestRun.Start(new ProcessStartInfo("/bin/sh", ["-c", $"sleep 20 | {Path.Combine(AppContext.BaseDirectory, "weir")} inspect >/dev/null; true"]));
        while (Inspectors.Of(shell.Id).Count == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        var child = Assert.Single(Inspectors.Of(shell.Id));
        while (!Inspectors.Read(child, "status").Contains("Seccomp:\t2", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        shell.Kill();

        await Inspectors.GoneAsync([child]);
    }

    public void Dispose() => System.IO.Directory.Delete(_data, recursive: true);
}
