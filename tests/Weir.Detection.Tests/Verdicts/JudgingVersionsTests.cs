using Weir.Detection.Contracts;
using Weir.Detection.Tests.Support;
using Weir.Intelligence.Contracts;

namespace Weir.Detection.Tests.Verdicts;

public sealed class JudgingVersionsTests
{
    private const string Mail = "From: Ada <ada@elsewhere.example>\nTo: tom.weber@harbour.example\nSubject: Hello\nReply-To: mallory@gmail.com\n\nHello.\n";

    [Fact]
    public async Task The_same_message_with_the_same_versions_gets_the_same_verdict()
    {
        var (first, second) = (await JudgeAsync(), await JudgeAsync());

        Assert.Equal(first.Versions, second.Versions);
        Assert.Equal(first.Signals.Select(signal => (signal.Name, signal.Weight, signal.Evidence)), second.Signals.Select(signal => (signal.Name, signal.Weight, signal.Evidence)));
        Assert.Equal(["allow/block list", "directory", "lists", "rules", "settings", "weights"], first.Versions.Keys.Order(StringComparer.Ordinal));
        Assert.All(first.Versions.Values, version => Assert.Matches("^[0-9a-f]{12}$", version));
    }

    [Fact]
    public async Task Another_weight_is_another_version_of_the_weights() =>
        Assert.Equal(["weights"], await ChangedAsync(await JudgeAsync(options: new DetectionOptions { Weights = new Dictionary<string, double>(StringComparer.Ordinal) { ["reply-to-free-mail"] = 0.1 } })));

    [Fact]
    public async Task Another_threshold_is_another_version_of_the_weights() =>
        Assert.Equal(["weights"], await ChangedAsync(await JudgeAsync(options: new DetectionOptions { Thresholds = new() { Spam = 4 } })));

    [Fact]
    public async Task A_detector_switched_off_is_another_version_of_the_settings() =>
        Assert.Equal(["settings"], await ChangedAsync(await JudgeAsync(options: new DetectionOptions { Off = ["subject-form"] })));

    [Fact]
    public async Task Another_entry_is_another_version_of_the_allow_block_list() =>
        Assert.Equal(["allow/block list"], await ChangedAsync(await JudgeAsync(entries: [new AllowBlockEntry(EntryKind.SenderDomain, "evil.example", false, null, "")])));

    private static async Task<IEnumerable<string>> ChangedAsync(Judgement judgement)
    {
        var before = await JudgeAsync();
        return judgement.Versions.Where(version => before.Versions[version.Key] != version.Value).Select(version => version.Key);
    }

    private static async Task<Judgement> JudgeAsync(IReadOnlyList<AllowBlockEntry>? entries = null, DetectionOptions? options = null) =>
        (await Some.Judge(entries: entries, options: options).JudgeAsync(Some.Message(Mail), TestContext.Current.CancellationToken)).Judgement;
}
