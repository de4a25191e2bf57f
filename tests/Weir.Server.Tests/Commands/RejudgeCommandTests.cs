namespace Weir.Server.Tests.Commands;

/// <summary>What <c>weir rejudge</c> says to what makes no sense.</summary>
[Trait("Speed", "slow")]
public sealed class RejudgeCommandTests : IDisposable
{
    private readonly string _data = TestRun.NewFolder();

    public void Dispose() => System.IO.Directory.Delete(_data, recursive: true);

    [Theory]
    [InlineData("", "Say why")]
    [InlineData("  ", "Say why")]
    [InlineData("two\nlines", "A reason is one line")]
    public async Task A_reason_that_is_none_is_refused_in_words(string reason, string words)
    {
        var ended = await RejudgeAsync("--reason", reason);

        Assert.Equal(1, ended.Code);
        Assert.Contains(words, ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_condition_may_end_in_a_note()
    {
        var ended = await RejudgeAsync("--reason", "a new rule", "--where", "true // all of it");

        Assert.Equal((0, "0 of 0 messages, 0 with another verdict."), (ended.Code, ended.Output.Trim()));
    }

    private async Task<(int Code, string Output, string Errors)> RejudgeAsync(params string[] words)
    {
        var ended = await WeirProgram.RunWithInputAsync("", ["rejudge", .. words, "--data", _data]);
        return (ended.Code, ended.Output, ended.Errors);
    }
}
