using Weir.Detection.Contracts;
using Weir.Detection.Tests.Support;

namespace Weir.Detection.Tests.Detectors;

public sealed class CaseTests
{
    public static TheoryData<string, int, string> Cases()
    {
        var data = new TheoryData<string, int, string>();
        foreach (var path in System.IO.Directory.EnumerateFiles(CaseFile.Folder, "*.case").Order(StringComparer.Ordinal))
        {
            var cases = CaseFile.Read(path);
            for (var i = 0; i < cases.Count; i++)
            {
                data.Add(Path.GetFileNameWithoutExtension(path), i, cases[i].Title);
            }
        }

        return data;
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task The_mail_gives_the_expected_signals(string file, int index, string title)
    {
        var sample = CaseFile.Read(Path.Combine(CaseFile.Folder, file + ".case"))[index];
        var judge = Some.Judge(sample.Authentication, sample.Scan, sample.Entries, history: sample.History, known: sample.Known);

        var judged = await judge.JudgeAsync(Some.Message(sample.Raw, sample.Envelope), TestContext.Current.CancellationToken);

        var names = judged.Judgement.Signals.Select(signal => signal.Name).ToList();
        Assert.DoesNotContain("detector-broke", names);
        Assert.All(sample.Expect, name => Assert.True(names.Contains(name), $"{title}: {name} is missing. There are: {string.Join(", ", names)}"));
        Assert.All(sample.ExpectNot, name => Assert.False(names.Contains(name), $"{title}: {name} should not be there."));
        Assert.All(
            judged.Judgement.Signals.Where(signal => signal.Technology is DetectionTechnology.ImpersonationUser or DetectionTechnology.ImpersonationDomain or DetectionTechnology.ImpersonationBrand),
            signal => Assert.False(string.IsNullOrEmpty(signal.Impersonates), $"{title}: {signal.Name} does not say whom."));
        if (sample.Verdict.Length > 0)
        {
            Assert.Equal(sample.Verdict, Names.Of(judged.Judgement.Verdict));
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Every_signal_says_where_its_evidence_stands(string file, int index, string title)
    {
        var sample = CaseFile.Read(Path.Combine(CaseFile.Folder, file + ".case"))[index];
        var message = Some.Message(sample.Raw, sample.Envelope);

        var judged = await Some.Judge(sample.Authentication, sample.Scan, sample.Entries, history: sample.History, known: sample.Known).JudgeAsync(message, TestContext.Current.CancellationToken);

        foreach (var signal in judged.Judgement.Signals)
        {
            Assert.True(signal.Places.Count > 0, $"{title}: {signal.Name} has no place: say it with .At(In.…).");
            Assert.All(
                signal.Places.Where(place => place.Kind is PlaceKind.Header or PlaceKind.Part),
                place => Assert.True(place.Start >= 0 && place.Start <= place.End && place.End <= message.Raw.Length, $"{title}: {signal.Name}: {place}"));
        }
    }

    [Fact]
    public void Every_detector_has_its_case_file_with_positives_and_negatives()
    {
        foreach (var detector in Some.Detectors)
        {
            var path = Path.Combine(CaseFile.Folder, detector.Id + ".case");
            Assert.True(File.Exists(path), $"tests/samples/detections/{detector.Id}.case is missing.");
            var cases = CaseFile.Read(path);
            Assert.Contains(cases, sample => sample.Expect.Count > 0);
            Assert.Contains(cases, sample => sample.ExpectNot.Count > 0);
        }
    }

    [Fact]
    public void The_page_for_operators_lists_every_detector()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "detectors.md"));
        Assert.All(Some.Detectors, detector => Assert.Contains($"| `{detector.Id}` |", page, StringComparison.Ordinal));
    }
}
