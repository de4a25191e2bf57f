using Weir.Detection.Contracts;
using Weir.Detection.Facts;

namespace Weir.Detection.Learning;

/// <summary>All features of a message.</summary>
internal sealed class FeatureReader(IEnumerable<IFeatures> kinds)
{
    private readonly IReadOnlyList<IFeatures> _kinds = [.. kinds.OrderBy(kind => kind.GetType().Name, StringComparer.Ordinal)];

    public List<Feature> Read(MessageFacts message, IReadOnlyList<Signal> signals) => [.. _kinds.SelectMany(kind => kind.Of(message, signals))];
}
