namespace Weir.Server.Tests.Commands;

/// <summary>Sending limits as an engineer sets them.</summary>
[Trait("Speed", "slow")]
public sealed class RestrictedCommandTests : IDisposable
{
    private readonly string _data = TestRun.NewFolder();

    public void Dispose() => System.IO.Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task What_is_not_said_stays_as_it_was()
    {
        await LimitsAsync("--messages-per-hour", "20");
        await LimitsAsync("--recipients-per-hour", "100");
        var limits = await LimitsAsync("press@corp.example", "--messages-per-day", "50");

        Assert.Contains("everybody: 20 messages an hour, 1000 a day; 100 recipients an hour", limits, StringComparison.Ordinal);
        Assert.Contains("press@corp.example: 20 messages an hour, 50 a day; 100 recipients an hour", limits, StringComparison.Ordinal);

        await LimitsAsync("press@corp.example", "--never");
        Assert.Contains("press@corp.example: never stopped", await LimitsAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("press@", await LimitsAsync("press@corp.example", "--usual"), StringComparison.Ordinal);
        Assert.Contains("everybody: 200 messages an hour", await LimitsAsync("--usual"), StringComparison.Ordinal);
    }

    private async Task<string> LimitsAsync(params string[] words) => (await WeirProgram.RunWithInputAsync("", ["restricted", "limits", .. words, "--data", _data])).Output;
}
