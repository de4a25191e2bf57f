using System.Globalization;
using System.Text.Json;

namespace Weir.Server.Tests.Samples;

public sealed class SampleCommandTests : IDisposable
{
    private readonly string _parent = TestRun.NewFolder();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_parent, "data");

    [Fact, Trait("Speed", "slow")]
    public async Task Rows_lie_in_a_store_of_their_own_and_can_be_hunted()
    {
        Assert.Equal(0, await SampleAsync("--rows", "3000"));

        Assert.Equal(3000, await CountAsync("EmailEvents | count"));
        Assert.Equal(3000, await CountAsync("EmailEvents | summarize by NetworkMessageId, RecipientEmailAddress | count"));
        Assert.Equal(
            await CountAsync("EmailEvents | summarize sum(UrlCount)"),
            await CountAsync("EmailUrlInfo | count"));
        Assert.Equal(0, await CountAsync("EmailEvents | where LatestDeliveryLocation == 'Unknown' | count"));
        Assert.InRange(await CountAsync("EmailEvents | where ThreatTypes has 'Phish' and Timestamp > ago(31d) | count"), 1, 200);
    }

    [Fact, Trait("Speed", "slow")]
    public async Task Many_rows_are_copies_with_times_and_ids_of_their_own()
    {
        Assert.Equal(0, await SampleAsync("--rows", "210007"));

        Assert.Equal(210_007, await CountAsync("EmailEvents | summarize by NetworkMessageId | count"));
        Assert.Equal(210_007, await CountAsync("WeirMessageEvidence | summarize by ReportId | count"));
        Assert.Equal(await CountAsync("EmailEvents | summarize sum(UrlCount)"), await CountAsync("EmailEvents | join kind=inner EmailUrlInfo on NetworkMessageId | count"));
        Assert.InRange(await CountAsync("EmailEvents | summarize count() by bin(Timestamp, 1d) | summarize min(count_) | where min_count_ > 3000 | count"), 0, 1);
        Assert.InRange(await CountAsync("EmailEvents | where Timestamp between (ago(20d) .. ago(10d)) | count"), 69_000, 71_000);
    }

    [Fact, Trait("Speed", "slow")]
    public async Task Rows_that_are_there_are_not_doubled_and_a_reset_makes_others()
    {
        Assert.Equal(0, await SampleAsync("--rows", "50"));
        Assert.Equal(2, await SampleAsync("--rows", "50"));
        Assert.Equal(50, await CountAsync("EmailEvents | count"));

        Assert.Equal(0, await SampleAsync("--rows", "70", "--reset"));
        Assert.Equal(70, await CountAsync("EmailEvents | count"));
    }

    [Fact]
    public async Task A_folder_of_another_kind_is_refused()
    {
        Assert.Equal(0, await SampleAsync("--rows", "10"));

        Assert.Equal(2, await SampleAsync("--messages", "10", "--reset"));
        Assert.Equal(10, await CountAsync("EmailEvents | count"));
    }

    [Theory]
    [InlineData("--rows", "0")]
    [InlineData("--rows", "5", "--messages", "5")]
    [InlineData("--seed", "5")]
    public async Task One_of_both_kinds_has_to_be_named(params string[] arguments)
    {
        Assert.NotEqual(0, await SampleAsync(arguments));
        Assert.False(System.IO.Directory.Exists(Data));
    }

    [Fact, Trait("Speed", "slow")]
    public async Task Messages_come_through_intake_and_truth_lies_beside_them()
    {
        Assert.Equal(0, await SampleAsync("--messages", "60", "--seed", "3"));

        using var truth = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Data, "truth.json"), Token));
        var messages = truth.RootElement.GetProperty("counts").GetProperty("messages").GetInt64();
        Assert.Equal(messages, await CountAsync("WeirMessageEvidence | where Door == 'sample' | count"));
        Assert.Equal(0, await SampleAsync("--messages", "60", "--seed", "3"));
        Assert.Equal(messages, await CountAsync("WeirMessageEvidence | count"));
        Assert.Equal(2, await SampleAsync("--messages", "61", "--seed", "3"));
    }

    public void Dispose() => System.IO.Directory.Delete(_parent, recursive: true);

    private async Task<int> SampleAsync(params string[] arguments) => (await WeirProgram.RunAsync(["sample", .. arguments, "--data", Data])).Code;

    private async Task<long> CountAsync(string kql)
    {
        var hunt = await WeirProgram.RunAsync("hunt", kql, "--csv", "--data", Data);
        Assert.True(hunt.Code == 0, hunt.Errors);
        return long.Parse(hunt.Output.Split('\n')[1].Trim(), CultureInfo.InvariantCulture);
    }
}
