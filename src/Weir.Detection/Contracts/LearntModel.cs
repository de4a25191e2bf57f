using System.Collections.Frozen;
using Weir.Detection.Learning;

namespace Weir.Detection.Contracts;

/// <summary>Weights of features in log-odds (natural logarithm), learnt beside the rules: rules and model together are the odds.</summary>
public sealed class LearntModel
{
    internal LearntModel(string name, double intercept, (double Lowest, double Highest) bounds, IReadOnlyDictionary<string, float> weights, IReadOnlyList<TrainedOn> provenance)
    {
        (Name, Intercept, Bounds, Provenance) = (name, intercept, bounds, provenance);
        Weights = weights.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>What it learnt from: source, label, number of messages.</summary>
    public IReadOnlyList<TrainedOn> Provenance { get; }

    /// <summary>How many features carry a weight.</summary>
    public int Count => Weights.Count;

    /// <summary>What it says of a message without any feature.</summary>
    internal double Intercept { get; }

    /// <summary>The most that it takes back from what the rules say of one message, and the most that it adds.</summary>
    internal (double Lowest, double Highest) Bounds { get; }

    internal FrozenDictionary<string, float> Weights { get; }

    /// <summary>Writes the model with its provenance: gzip of lines of text, the same bytes for the same model.</summary>
    public void Save(Stream stream) => ModelFile.Write(this, stream);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is no model, or one of a newer version.</exception>
    public static LearntModel Load(Stream stream) => ModelFile.Read(stream);
}

/// <summary>A part of what a model learnt from.</summary>
public sealed record TrainedOn(string Source, MailLabel Label, int Messages);
