using Microsoft.Extensions.Options;
using Weir.Detection.Contracts;
using Weir.Detection.Tests.Support;

namespace Weir.Detection.Tests.Learning;

public sealed class LearntJudgeTests : IDisposable
{
    private const string Mail = "From: Ada <ada@elsewhere.example>\nTo: tom.weber@harbour.example\nSubject: Your wallet\nDate: Mon, 02 Nov 2026 09:00:00 +0000\nMessage-ID: <1@elsewhere.example>\n\nPlease unlock the wallet of the harbour today.\n";

    private readonly string _folder = TestRun.NewFolder();

    private string ModelPath => Path.Combine(_folder, "test.model");

    [Fact]
    public async Task A_model_says_which_words_and_which_form_moved_it_where_they_stand_and_how_much()
    {
        var judged = await JudgeAsync(Mail, -0.5, ("word:wallet", 2f), ("subject:wallet", 1f), ("from:domain with digits", 1f));

        var words = Assert.Single(judged.Signals, signal => signal.Name == "learnt-words");
        Assert.Equal(DetectionTechnology.LlmContentAnalysis, words.Technology);
        Assert.Contains("\"wallet\"", words.Evidence, StringComparison.Ordinal);
        Assert.Contains("in the subject", words.Evidence, StringComparison.Ordinal);
        Assert.True(words.Weight > 1);
        Assert.NotEmpty(words.Places);
        Assert.Equal(-0.5, Assert.Single(judged.Signals, signal => signal.Name == "learnt-form").Weight, 0.01);
        Assert.Contains("model", judged.Versions.Keys);
    }

    [Fact]
    public async Task All_that_a_model_takes_back_is_bounded()
    {
        var judged = await JudgeAsync(Mail, -60, ("word:wallet", -1f));

        Assert.Equal(-2, judged.Signals.Where(signal => signal.Name.StartsWith("learnt", StringComparison.Ordinal)).Sum(signal => signal.Weight), 0.01);
    }

    [Fact]
    public async Task All_that_a_model_adds_is_bounded_and_never_decides_alone()
    {
        var judged = await JudgeAsync(Mail, 60, ("word:wallet", 3f));

        var learnt = judged.Signals.Where(signal => signal.Name.StartsWith("learnt", StringComparison.Ordinal)).ToList();
        Assert.Equal(8, learnt.Sum(signal => signal.Weight), 0.01);
        Assert.All(learnt, signal => Assert.False(signal.IsConclusive));
        Assert.NotEqual(Verdict.Clean, judged.Verdict);
    }

    [Fact]
    public async Task A_model_takes_nothing_back_from_malware()
    {
        const string program = "From: Ada <ada@elsewhere.example>\nTo: tom.weber@harbour.example\nSubject: Tool\nDate: Mon, 02 Nov 2026 09:00:00 +0000\nMessage-ID: <1@elsewhere.example>\nContent-Type: application/octet-stream; name=tool.exe\nContent-Disposition: attachment; filename=tool.exe\nContent-Transfer-Encoding: base64\n\nTVqQAAMAAAAEAAAA//8AALgAAAAAAAAAQAAAAAAAAAA=\n";

        Assert.Equal(Verdict.Malware, (await JudgeAsync(program, -60, ("word:wallet", 1f))).Verdict);
    }

    [Fact]
    public async Task Names_of_recipients_and_function_words_are_no_features()
    {
        var judged = await JudgeAsync(Mail, 0, ("word:weber", 3f), ("word:the", 3f), ("word:harbour", 3f));

        Assert.DoesNotContain(judged.Signals, signal => signal.Name == "learnt-words");
    }

    [Fact]
    public async Task Without_a_model_nothing_is_said_and_no_version_is_recorded()
    {
        var judged = (await Some.Judge(options: new DetectionOptions { Model = "none" }).JudgeAsync(Some.Message(Mail), TestContext.Current.CancellationToken)).Judgement;

        Assert.DoesNotContain(judged.Signals, signal => signal.Name.StartsWith("learnt", StringComparison.Ordinal));
        Assert.DoesNotContain("model", judged.Versions.Keys);
    }

    [Fact]
    public void A_model_that_cannot_be_read_refuses_the_start_by_name()
    {
        File.WriteAllText(ModelPath, "no model");

        var refused = Assert.Throws<OptionsValidationException>(() => Some.Judge(options: new DetectionOptions { Model = ModelPath }));

        Assert.Contains(ModelPath, refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    private async Task<Judgement> JudgeAsync(string raw, double intercept, params (string Name, float Weight)[] weights)
    {
        await using (var stream = File.Create(ModelPath))
        {
            new LearntModel("test", intercept, (-2, 8), weights.ToDictionary(pair => pair.Name, pair => pair.Weight, StringComparer.Ordinal), []).Save(stream);
        }

        return (await Some.Judge(options: new DetectionOptions { Model = ModelPath }).JudgeAsync(Some.Message(raw), TestContext.Current.CancellationToken)).Judgement;
    }
}
