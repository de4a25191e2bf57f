using Weir.Detection.Learning;

namespace Weir.Detection.Contracts;

/// <summary>A labelled message as the model sees it: its features, and what the rules say of it.</summary>
public sealed class TrainingExample
{
    internal TrainingExample(MailLabel label, string group, string source, IReadOnlyList<Feature> features, double rules) =>
        (Label, Group, Source, Features, Rules) = (label, group, source, features, rules);

    public MailLabel Label { get; }

    public string Group { get; }

    public string Source { get; }

    internal IReadOnlyList<Feature> Features { get; }

    /// <summary>The sum of the weights of the rules, in log-odds.</summary>
    internal double Rules { get; }
}
