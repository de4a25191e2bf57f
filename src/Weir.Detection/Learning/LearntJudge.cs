using System.Globalization;
using Weir.Detection.Contracts;
using Weir.Detection.Detectors;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;
using Weir.Detection.Verdicts;

namespace Weir.Detection.Learning;

/// <summary>
/// Says what a learnt model adds to the rules, as two signals: one of the words, one of everything else. Their weights are what the model learnt, so
/// that the sum of all signals is rules and model together.
/// </summary>
internal sealed class LearntJudge(LearntModels models, Weights weights, FeatureReader reader)
{
    private const int Named = 6;
    private const int MostPlaces = 20;

    public IEnumerable<Signal> Examine(MessageFacts facts, IReadOnlyList<Signal> signals)
    {
        if (models.InForce is not { } model || facts.Direction != Direction.Inbound)
        {
            return [];
        }

        var found = new List<(string Name, double Weight, Sighting? Place)>();
        foreach (var feature in reader.Read(facts, signals))
        {
            if (model.Weights.TryGetValue(feature.Name, out var weight))
            {
                found.Add((feature.Name, weight * feature.Value, feature.Place));
            }
        }

        var ofWords = found.Where(item => IsOfWords(item.Name)).ToList();
        var words = ofWords.Sum(item => item.Weight);
        var total = Math.Clamp(model.Intercept + found.Sum(item => item.Weight), model.Bounds.Lowest, model.Bounds.Highest);

        // "Unwanted" is all that the model knows. Which kind, say the rules; what it takes back, it takes from every kind but malware.
        var isPhish = signals.Sum(signal => signal.Threat == ThreatType.Phish ? signal.Weight : 0) > signals.Sum(signal => signal.Threat == ThreatType.Spam && signal.Technology != DetectionTechnology.Bulk ? signal.Weight : 0);
        ThreatType Kind(double weight) => weight < 0 || isPhish ? ThreatType.Phish : ThreatType.Spam;

        // What the words add stands by itself; the rest, with what the model says of a message as such, is the other signal.
        var said = new List<Signal>(2);
        words = Math.Round(Math.Clamp(words, 0, total - model.Bounds.Lowest), 2);
        if (words > 0)
        {
            said.Add(Say.Any("learnt-words", $"Learnt from labelled mail ({model.Name}): {Strongest(ofWords)}", DetectionTechnology.LlmContentAnalysis) with { Threat = Kind(words), Weight = words * weights.Of("learnt-words"), Sightings = Places(ofWords) });
        }

        var form = Math.Round(total - words, 2);
        if (form != 0)
        {
            var others = found.Where(item => !IsOfWords(item.Name)).ToList();
            said.Add(Say.Any("learnt-form", others.Count == 0 ? $"Learnt from labelled mail ({model.Name}): nothing remarkable." : $"Learnt from labelled mail ({model.Name}): {Strongest(others)}") with { Threat = Kind(form), Weight = form * weights.Of("learnt-form"), Sightings = Places(others) });
        }

        return said;
    }

    /// <summary>Where the strongest stand; what is nowhere in particular is the message as a whole, as the model sees it.</summary>
    private static List<Sighting> Places(IReadOnlyList<(string Name, double Weight, Sighting? Place)> found)
    {
        var places = found.OrderByDescending(item => Math.Abs(item.Weight)).Select(item => item.Place).OfType<Sighting>().Distinct().Take(MostPlaces).ToList();
        return places.Count > 0 ? places : [In.Knowledge("learnt model")];
    }

    private static bool IsOfWords(string name) => name.StartsWith("word:", StringComparison.Ordinal) || name.StartsWith("stem:", StringComparison.Ordinal) || name.StartsWith("root:", StringComparison.Ordinal) || name.StartsWith("pair:", StringComparison.Ordinal) || name.StartsWith("subject:", StringComparison.Ordinal);

    private static string Strongest(IReadOnlyList<(string Name, double Weight, Sighting? Place)> found)
    {
        var ordered = found.OrderByDescending(item => Math.Abs(item.Weight)).ToList();
        var named = ordered.Take(Named).Select(item => string.Create(CultureInfo.InvariantCulture, $"{Shown(item.Name)} {item.Weight:+0.0;-0.0}"));
        return string.Join(", ", named) + (ordered.Count > Named ? $" and {ordered.Count - Named} more" : "");
    }

    private static string Shown(string name)
    {
        var (kind, what) = name.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? (name[..colon], name[(colon + 1)..]) : ("", name);
        return kind switch
        {
            "word" or "pair" => $"\"{what}\"",
            "stem" or "root" => $"\"{what}…\"",
            "subject" => $"\"{what}\" in the subject",
            "name" => $"\"{what}\" in the sender's name",
            "button" => $"\"{what}\" on a link",
            "sender" => $"\"{what}\" in the sender's domain",
            "host" => $"\"{what}\" in a link's host",
            "from" => $"sender: {what}",
            "link" => $"link: {what}",
            "said" => $"beside {what}",
            _ => what,
        };
    }
}
