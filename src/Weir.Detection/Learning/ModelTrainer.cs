using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Learning.Features;
using Weir.Detection.Verdicts;

namespace Weir.Detection.Learning;

/// <summary>Reads messages as the judge does, and fits the weights of their features beside the rules.</summary>
internal sealed class ModelTrainer(FactsGatherer gatherer, MessageExaminer examiner, FeatureReader reader) : IModelTrainer
{
    /// <summary>A word of fewer campaigns is a name, not a sign.</summary>
    private const int LeastGroups = 3;

    /// <summary>What ordinary mail of fewer places has in common is its topic, not a sign of honesty.</summary>
    private const int LeastSources = 4;

    /// <summary>And the last of them must have it so often, as part of the first: else it is a topic of the first.</summary>
    private const double Evenness = 0.15;

    /// <summary>Of so much ordinary mail that was held back from learning may go over the threshold: by rules and model together, or by a model that only adds.</summary>
    private const double Marked = 0.005;
    private const double Tail = 0.1;
    private const double Least = 0.02;
    private const int Folds = 4;

    /// <summary>Between what a model of mail that really came may say of one message.</summary>
    private static readonly (double Lowest, double Highest) Own = (-5, 8);

    /// <summary>And one of mail that did not: never so much that it marks alone.</summary>
    private static readonly (double Lowest, double Highest) Invented = (-1.25, 1.5);

    /// <summary>Invented mail is easier to tell apart than what really comes, so what it teaches is too sure of itself by about so much.</summary>
    private const double Trust = 0.7;

    private static readonly LogisticRegression Regression = new(new LogisticRegression.Settings(Ridge: 0.3, Lasso: 0.03, Passes: 60));

    /// <summary>Invented texts have their own chance words: many small weights rather than a few large ones.</summary>
    private static readonly LogisticRegression Careful = new(new LogisticRegression.Settings(Ridge: 0.5, Lasso: 0.1, Passes: 60));

    public async ValueTask<TrainingExample> ReadAsync(MessageToJudge message, MailLabel label, string group, string source, CancellationToken cancellationToken)
    {
        var facts = await gatherer.GatherAsync(message, cancellationToken);
        var signals = examiner.Examine(facts);
        return new TrainingExample(label, group, source, reader.Read(facts, signals), VerdictRule.Unwanted(signals));
    }

    public LearntModel Train(IReadOnlyList<TrainingExample> examples, string name, bool addsOnly, CancellationToken cancellationToken)
    {
        if (examples.All(example => example.Label == MailLabel.Ham) || examples.All(example => example.Label != MailLabel.Ham))
        {
            throw new ArgumentException("A model needs both: ham, and spam or phish.", nameof(examples));
        }

        var (intercept, weights) = Fit(examples, addsOnly, cancellationToken);
        intercept -= Excess(examples, addsOnly, cancellationToken);
        if (addsOnly)
        {
            intercept = Invented.Lowest + (Trust * (intercept - Invented.Lowest));
            weights = weights.ToDictionary(pair => pair.Key, pair => MathF.Round((float)(Trust * pair.Value), 3), StringComparer.Ordinal);
        }

        // So that the last digit of a machine's arithmetic makes no other file.
        intercept = Math.Round(intercept, 3);
        var provenance = examples.GroupBy(example => (example.Source, example.Label)).OrderBy(part => part.Key.Source, StringComparer.Ordinal).ThenBy(part => part.Key.Label)
            .Select(part => new TrainedOn(part.Key.Source, part.Key.Label, part.Count()));
        return new LearntModel(name, intercept, addsOnly ? Invented : Own, weights, [.. provenance]);
    }

    /// <summary>By how much a model that has not seen it puts too much ordinary mail over the threshold of spam.</summary>
    private static double Excess(IReadOnlyList<TrainingExample> examples, bool addsOnly, CancellationToken cancellationToken)
    {
        var totals = new List<double>();
        for (var fold = 0; fold < Folds; fold++)
        {
            var held = examples.Where(example => example.Label == MailLabel.Ham && FoldOf(example.Group) == fold && (!addsOnly || example.Rules < new Thresholds().Spam)).ToList();
            var kept = examples.Where(example => FoldOf(example.Group) != fold).ToList();
            if (held.Count == 0 || kept.All(example => example.Label == MailLabel.Ham) || kept.All(example => example.Label != MailLabel.Ham))
            {
                continue;
            }

            var (intercept, weights) = Fit(kept, addsOnly, cancellationToken);
            totals.AddRange(held.Select(example => example.Rules + intercept + example.Features.Sum(feature => weights.GetValueOrDefault(feature.Name) * feature.Value)));
        }

        return totals.Count == 0 ? 0 : Highest(totals, Marked) - new Thresholds().Spam;
    }

    /// <summary>
    /// What so large a share lies above, by the highest tenth: how far each of it is over its beginning falls off about exponentially (Pickands 1975). The
    /// few highest alone are often no ordinary mail but what somebody filed wrongly.
    /// </summary>
    private static double Highest(List<double> totals, double share)
    {
        totals.Sort();
        var beginning = totals[Math.Min(totals.Count - 1, (int)(totals.Count * (1 - Tail)))];
        var over = totals.Where(total => total > beginning).Select(total => total - beginning).DefaultIfEmpty(0).Average();
        return beginning + (over * Math.Log(Tail / share));
    }

    private static int FoldOf(string group) => (int)(StableHash.Of(group) % Folds);

    private static (double Intercept, Dictionary<string, float> Weights) Fit(IReadOnlyList<TrainingExample> examples, bool addsOnly, CancellationToken cancellationToken)
    {
        var (names, columns) = Columns(examples, addsOnly);
        var isBad = examples.Select(example => example.Label != MailLabel.Ham).ToArray();
        // What is decided by the rules alone has nothing to teach.
        var (intercept, weights) = (addsOnly ? Careful : Regression).Fit(isBad, Counts(examples, isBad), [.. examples.Select(example => Math.Clamp(example.Rules, -5, 8))], columns, cancellationToken);
        var learnt = new Dictionary<string, float>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
        {
            if (Math.Abs(weights[i]) >= Least)
            {
                learnt[names[i]] = MathF.Round((float)weights[i], 3);
            }
        }

        return (intercept, learnt);
    }

    /// <summary>Of one campaign counts the root of its number, and both classes count as much.</summary>
    private static double[] Counts(IReadOnlyList<TrainingExample> examples, bool[] isBad)
    {
        var sizes = examples.GroupBy(example => example.Group, StringComparer.Ordinal).ToDictionary(group => group.Key, group => 1 / Math.Sqrt(group.Count()), StringComparer.Ordinal);
        var counts = examples.Select(example => sizes[example.Group]).ToArray();
        var half = counts.Sum() / 2;
        var (bad, good) = (half / counts.Where((_, i) => isBad[i]).Sum(), half / counts.Where((_, i) => !isBad[i]).Sum());
        return [.. counts.Select((count, i) => count * (isBad[i] ? bad : good))];
    }

    private static (List<string> Names, List<LogisticRegression.Column> Columns) Columns(IReadOnlyList<TrainingExample> examples, bool addsOnly)
    {
        var rows = new Dictionary<string, List<(int Row, float Value)>>(StringComparer.Ordinal);
        for (var row = 0; row < examples.Count; row++)
        {
            foreach (var feature in examples[row].Features)
            {
                if (!rows.TryGetValue(feature.Name, out var list))
                {
                    rows[feature.Name] = list = [];
                }

                list.Add((row, feature.Value));
            }
        }

        var ham = examples.Where(example => example.Label == MailLabel.Ham).CountBy(example => example.Source, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var (names, columns) = (new List<string>(), new List<LogisticRegression.Column>());
        foreach (var (name, list) in rows.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var isRule = name.StartsWith(Said.Kind, StringComparison.Ordinal);
            var (lowest, highest) = isRule ? BoundsOfRule(name) : BoundsOfFeature(list.ConvertAll(item => examples[item.Row]), addsOnly ? [] : ham);
            if ((addsOnly && (isRule || IsInventedName(name))) || lowest == highest)
            {
                continue;
            }

            names.Add(name);
            columns.Add(new LogisticRegression.Column([.. list.Select(item => item.Row)], [.. list.Select(item => item.Value)], lowest, highest));
        }

        return (names, columns);
    }

    /// <summary>Names that the sample invents are nobody's.</summary>
    private static bool IsInventedName(string name) =>
        name.StartsWith("name:", StringComparison.Ordinal) || name.StartsWith("host:", StringComparison.Ordinal) || name.StartsWith("sender:", StringComparison.Ordinal) || name.StartsWith("link:to ", StringComparison.Ordinal);

    /// <summary>A rule's own weight may shrink to nothing, not turn.</summary>
    private static (double Lowest, double Highest) BoundsOfRule(string name)
    {
        var weight = Weights.Default(name[Said.Kind.Length..]);
        return weight > 0 ? (-weight, 1.5) : (-1, -weight);
    }

    /// <summary>A sign of danger where several campaigns have it; a good sign, and a weak one, only where ordinary mail of several places has it.</summary>
    private static (double Lowest, double Highest) BoundsOfFeature(IReadOnlyList<TrainingExample> having, Dictionary<string, int> ham)
    {
        var shares = having.Where(example => example.Label == MailLabel.Ham && ham.ContainsKey(example.Source)).CountBy(example => example.Source, StringComparer.Ordinal).Select(source => (double)source.Value / ham[source.Key]).OrderDescending().ToList();
        var isCommon = shares.Count >= LeastSources && shares[LeastSources - 1] >= Evenness * shares[0];
        var isInCampaigns = having.Where(example => example.Label != MailLabel.Ham).Select(example => example.Group).Distinct(StringComparer.Ordinal).Take(LeastGroups).Count() == LeastGroups;
        return (isCommon ? -1 : 0, isInCampaigns ? 3 : 0);
    }
}
