using Weir.Detection.Contracts;
using Weir.Detection.Tests.Stories;
using Weir.Detection.Tests.Support;
using Weir.Events.Contracts;

namespace Weir.Detection.Tests.Record;

/// <summary>Verdict, <em>Because</em> and <em>Would change it</em> follow from the recorded signals, weights and thresholds alone.</summary>
public sealed class RecordedReasonsTests(SampleStoriesTests.Told told) : IClassFixture<SampleStoriesTests.Told>
{
    [Fact]
    public void The_record_of_a_thousand_messages_of_the_sample_explains_itself()
    {
        Assert.True(told.Judged.Count >= 1_000, $"Only {told.Judged.Count} messages.");
        foreach (var judged in told.Judged)
        {
            Check(judged.InternetMessageId, judged);
        }

        // What the sample has of each, so that no kind is checked in none.
        Assert.True(told.Judged.Select(judged => judged.Verdict).Distinct().Count() >= 5);
        Assert.Contains(told.Judged, judged => judged.WouldChangeTo.Length > 0 && judged.Verdict == "Clean");
        Assert.Contains(told.Judged, judged => judged.Because.Count >= 2);
    }

    [Fact]
    public async Task The_cases_of_the_detectors_explain_themselves()
    {
        foreach (var path in System.IO.Directory.EnumerateFiles(CaseFile.Folder, "*.case"))
        {
            foreach (var sample in CaseFile.Read(path))
            {
                var judge = Some.Judge(sample.Authentication, sample.Scan, sample.Entries, history: sample.History);
                var judged = await judge.JudgeAsync(Some.Message(sample.Raw, sample.Envelope), TestContext.Current.CancellationToken);
                Check($"{Path.GetFileName(path)}: {sample.Title}", Recorded(judged.Judgement));
            }
        }
    }

    [Fact]
    public async Task Labelled_mail_beside_the_project_explains_itself()
    {
        var folder = SharedData.Folder("mail/dev");
        var known = await EnvelopeFile.ReadAsync(Path.Combine(folder, "manifest.json"), TestContext.Current.CancellationToken);
        var files = SharedData.Files("mail/dev", ".eml").Where((_, at) => at % 5 == 0).ToList();
        Assert.True(files.Count >= 900 || SharedData.IsOther, $"Only {files.Count} messages.");
        foreach (var path in files)
        {
            var envelope = known.GetValueOrDefault(Path.GetRelativePath(folder, path).Replace('\\', '/'));
            var message = Some.Message("", envelope?.Envelope) with
            {
                Raw = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken),
                RecordedAuthentication = envelope?.Authentication,
            };
            var judged = await Some.Judge().JudgeAsync(message, TestContext.Current.CancellationToken);
            Check(Path.GetFileName(path), Recorded(judged.Judgement));
        }
    }

    private static void Check(string what, MessageJudged judged)
    {
        var rule = new WrittenRule(judged.Thresholds);
        var (signals, verdict) = (judged.Signals, judged.Verdict);
        var moving = WrittenRule.Moving(signals);
        Assert.True(rule.Verdict(signals) == verdict, $"{what}: the record says {verdict}, its signals {rule.Verdict(signals)}.");

        bool Gives(IReadOnlyList<RecordedSignal> chosen) => rule.Verdict(chosen) == verdict;
        bool Changes(IReadOnlyList<RecordedSignal> removed) => rule.Verdict([.. signals.Except(removed)]) != verdict;
        var because = Named(signals, judged.Because);
        var removed = Named(signals, judged.WouldChangeRemove);
        Assert.True(Gives(because), $"{what}: Because does not give {verdict}.");
        if (moving.Count <= WrittenRule.Exhaustive)
        {
            Equal(what, WrittenRule.FirstSmallest(moving, Gives), because);
            Equal(what, WrittenRule.FirstSmallest(moving, Changes) ?? [], removed);
        }
        else
        {
            Assert.All(because, signal => Assert.False(Gives([.. because.Where(each => each != signal)]), $"{what}: Because does not need {signal.Name}."));
            Assert.All(removed, signal => Assert.False(Changes([.. removed.Where(each => each != signal)]), $"{what}: Would change it does not need {signal.Name}."));
        }

        Assert.Equal(removed.Count == 0 ? "" : rule.Verdict([.. signals.Except(removed)]), judged.WouldChangeTo);
    }

    private static void Equal(string what, IReadOnlyList<RecordedSignal>? expected, IReadOnlyList<RecordedSignal> actual) =>
        Assert.True(
            expected is not null && expected.SequenceEqual(actual),
            $"{what}: expected {string.Join(", ", expected?.Select(signal => signal.Name) ?? [])}; the record has {string.Join(", ", actual.Select(signal => signal.Name))}.");

    private static List<RecordedSignal> Named(IReadOnlyList<RecordedSignal> signals, IReadOnlyList<string> names) => [.. names.Select(name => Assert.Single(signals, signal => signal.Name == name))];

    /// <summary>As the intake writes it.</summary>
    private static MessageJudged Recorded(Judgement judgement) => new()
    {
        At = Some.Time,
        Id = default,
        ReceivedAt = Some.Time,
        Verdict = Names.Of(judgement.Verdict),
        Because = judgement.Because,
        WouldChangeRemove = judgement.WouldChange?.Remove ?? [],
        WouldChangeTo = judgement.WouldChange is { } change ? Names.Of(change.To) : "",
        Thresholds = judgement.Thresholds,
        Signals =
        [
            .. judgement.Signals.Select(signal => new RecordedSignal
            {
                Name = signal.Name,
                Technology = Names.Of(signal.Technology),
                Threat = signal.Threat?.ToString() ?? "",
                Weight = signal.Weight,
                IsConclusive = signal.IsConclusive,
                Evidence = signal.Evidence,
                Entity = signal.Entity,
                Override = signal.Override == OverrideKind.None ? null : signal.Override.ToString(),
            }),
        ],
    };
}
