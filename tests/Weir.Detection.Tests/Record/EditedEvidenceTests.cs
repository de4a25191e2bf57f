using Weir.Detection.Contracts;
using Weir.Detection.Tests.Support;
using Weir.Sample;
using Weir.Sample.Contracts;

namespace Weir.Detection.Tests.Record;

/// <summary>
/// Whoever changes just what <em>Would change it</em> cites gets the verdict that it predicts; whoever changes anything else gets the same verdict.
/// Where a place is not in the message, its envelope or the knowledge is changed instead.
/// </summary>
public sealed class EditedEvidenceTests
{
    private const int AtLeast = 20;

    [Fact]
    public async Task Messages_edited_in_the_cited_places_change_their_verdict_as_predicted()
    {
        var (edited, wrong) = (0, new List<string>());
        foreach (var situation in Situations())
        {
            var judgement = await situation.JudgeAsync();
            if (judgement.WouldChange is not { } change || Edited(situation, judgement, change) is not { } other)
            {
                continue;
            }

            edited++;
            var after = await other.JudgeAsync();
            if (after.Verdict != change.To)
            {
                wrong.Add($"{situation.Title}: {judgement.Verdict} without {string.Join(", ", change.Remove)} should be {change.To}, is {after.Verdict} ({string.Join(", ", after.Signals.Where(signal => signal.Weight != 0).Select(signal => $"{signal.Name} {signal.Weight}"))})");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {edited}:\n{string.Join('\n', wrong)}");
        Assert.True(edited >= AtLeast, $"Only {edited} messages could be edited.");
    }

    [Fact]
    public async Task Messages_edited_elsewhere_keep_their_verdict()
    {
        var (edited, wrong) = (0, new List<string>());
        foreach (var situation in Situations())
        {
            var judgement = await situation.JudgeAsync();
            if (judgement.WouldChange is null)
            {
                continue;
            }

            edited++;
            var after = await (situation with { Raw = Neutral.Elsewhere(situation.Raw, [.. judgement.Signals.SelectMany(signal => signal.Places)]) }).JudgeAsync();
            if (after.Verdict != judgement.Verdict)
            {
                wrong.Add($"{situation.Title}: was {judgement.Verdict}, is {after.Verdict} ({string.Join(", ", after.Signals.Where(signal => signal.Weight != 0).Select(signal => $"{signal.Name} {signal.Weight}"))})");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {edited}:\n{string.Join('\n', wrong)}");
        Assert.True(edited >= AtLeast);
    }

    /// <summary>The cases of the detectors, and mail of the sample.</summary>
    private static IEnumerable<Situation> Situations()
    {
        foreach (var path in System.IO.Directory.EnumerateFiles(CaseFile.Folder, "*.case").Order(StringComparer.Ordinal))
        {
            foreach (var sample in CaseFile.Read(path))
            {
                yield return Situation.Of($"{Path.GetFileNameWithoutExtension(path)}: {sample.Title}", sample);
            }
        }

        foreach (var mail in SampleOrganisation.Create(new SampleSettings { Now = Some.Time, Messages = 300 }).History().OfType<SampleMail>())
        {
            yield return new Situation($"sample {mail.Key}", mail.Raw.ToArray(), mail.Envelope);
        }
    }

    /// <summary>
    /// The message without what is cited. Nothing when a signal that is to stay stands in the same place, so that no edit takes the one and leaves the other,
    /// or when the place is of a kind that the test cannot change.
    /// </summary>
    private static Situation? Edited(Situation situation, Judgement judgement, Counterfactual change)
    {
        var goes = judgement.Signals.Where(signal => change.Remove.Contains(signal.Name)).ToList();
        var stays = judgement.Signals.Except(goes).Where(signal => (signal.Weight != 0 || signal.IsConclusive || signal.Override != OverrideKind.None) && !goes.Exists(each => signal.Name.StartsWith(each.Name + "-", StringComparison.Ordinal))).ToList();
        var edited = situation;
        var places = new List<Place>();
        foreach (var signal in goes)
        {
            // What stands in the body is edited there; what only an engine, a list or DNS knows is edited there.
            var knowledge = signal.Places.FirstOrDefault(place => place.Kind == PlaceKind.Knowledge);
            if (knowledge is null || (knowledge.Name != "antimalware engine" && signal.Places.Any(place => place.Kind == PlaceKind.Part)))
            {
                places.AddRange(signal.Places.Where(place => place.Kind != PlaceKind.Knowledge));
            }
            else if (stays.Exists(other => other.Places.Contains(knowledge)) || edited.Without(knowledge.Name, signal.Weight > 0) is not { } other)
            {
                return null;
            }
            else
            {
                edited = other;
            }
        }

        var areShared = places.Exists(place => stays.Exists(signal => signal.Places.Any(other => other == place || (other.HasBytes && place.HasBytes && other.Start < place.End && place.Start < other.End))));
        return areShared || Neutral.Without(situation.Raw, places) is not { } raw ? null : edited with { Raw = raw };
    }
}
