using Weir.Server.Local;
using Weir.Storage.Contracts;

namespace Weir.Server.Tests.Commands;

/// <summary>Policies as an engineer sees and changes them.</summary>
[Trait("Speed", "slow")]
public sealed class PolicyCommandTests : IDisposable
{
    private readonly string _data = TestRun.NewFolder();

    public void Dispose() => System.IO.Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_new_installation_watches_until_it_is_switched_on()
    {
        Assert.StartsWith("watch:", (await PolicyAsync("mode")).Output, StringComparison.Ordinal);
        Assert.Contains("'weir policy mode on' lets it act", (await PolicyAsync("preset", "standard", "on")).Output, StringComparison.Ordinal);

        Assert.StartsWith("on:", (await PolicyAsync("mode", "on", "--reason", "looked at for a week")).Output, StringComparison.Ordinal);

        Assert.Contains("Hosted content filter: Standard Preset Security Policy. It is the first that applies: it is for everybody.", (await PolicyAsync("check", "anna@corp.example")).Output, StringComparison.Ordinal);
        Assert.Contains("on  Standard Preset Security Policy: everybody", (await PolicyAsync("list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_exported_can_be_imported_and_a_mistake_is_told()
    {
        var file = Path.Combine(_data, "policies.json");
        await File.WriteAllTextAsync(file, (await PolicyAsync("export")).Output.Replace("\"mode\": \"Watch\"", "\"mode\": \"On\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal("The policies were replaced; they are in force.", (await PolicyAsync("import", file)).Output.Trim());
        Assert.StartsWith("on:", (await PolicyAsync("mode")).Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, (await PolicyAsync("export")).Output.Replace("\"mode\": \"On\"", "\"mode\": \"Watch\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.StartsWith("0 of 0 messages from ", (await PolicyAsync("try", file, "--days", "7")).Output, StringComparison.Ordinal);
        Assert.StartsWith("on:", (await PolicyAsync("mode")).Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, """{ "mode": "On", "polices": [] }""", TestContext.Current.CancellationToken);
        var wrong = await PolicyAsync("import", file);

        Assert.Equal(1, wrong.Code);
        Assert.Contains("polices", wrong.Errors, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, """{ "mode": "On", "advancedDelivery": { "secOpsMailboxes": [ "soc@corp.example", null ] } }""", TestContext.Current.CancellationToken);
        Assert.Contains("null stands at $.advancedDelivery.secOpsMailboxes[1]", (await PolicyAsync("import", file)).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistyped_name_is_told_with_the_nearest_right_one()
    {
        var answer = await PolicyAsync("show", "Default anti-span policy");

        Assert.Equal(1, answer.Code);
        Assert.Contains("did you mean 'Default anti-spam policy'?", answer.Errors, StringComparison.Ordinal);
        Assert.Contains("Phishing: Move to Junk Email folder", (await PolicyAsync("show", "default anti-spam policy")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PolicyDeed.Mode, "protect")]
    [InlineData(PolicyDeed.Mode, "off")]
    [InlineData(PolicyDeed.Standard, "yes")]
    [InlineData(PolicyDeed.Strict, "")]
    public async Task A_word_that_is_none_changes_nothing_over_the_socket(object deed, string word)
    {
        await using var weir = await RunningWeir.StartAsync(_data);
        var before = (await PolicyAsync("export")).Output;

        var answer = await LocalPolicy.AskAsync(new DataDirectory(_data), new PolicyRequest((PolicyDeed)deed, word), TestContext.Current.CancellationToken);

        Assert.Contains("nothing was changed", Assert.Single(answer.Problems), StringComparison.Ordinal);
        Assert.Equal(before, (await PolicyAsync("export")).Output);
    }

    [Fact]
    public async Task The_old_key_is_taken_over_once_and_said()
    {
        await File.WriteAllTextAsync(Path.Combine(_data, "weir.json"), """{ "detection": { "mode": "protect" } }""", TestContext.Current.CancellationToken);

        var first = await PolicyAsync("mode");
        Assert.StartsWith("on:", first.Output, StringComparison.Ordinal);
        Assert.Contains("was taken over", first.Errors, StringComparison.Ordinal);
        await PolicyAsync("mode", "watch");

        var second = await PolicyAsync("mode");
        Assert.StartsWith("watch:", second.Output, StringComparison.Ordinal);
        Assert.Contains("is not read any more", second.Errors, StringComparison.Ordinal);
    }

    private Task<WeirProgram.Ended> PolicyAsync(params string[] arguments) => WeirProgram.RunAsync(["policy", .. arguments, "--data", _data]);
}
