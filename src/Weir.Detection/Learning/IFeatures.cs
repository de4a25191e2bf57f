using Weir.Detection.Contracts;
using Weir.Detection.Facts;

namespace Weir.Detection.Learning;

/// <summary>
/// One kind of features. A pure function. What tells collections of mail apart without being a sign of danger must not become a feature: marks of
/// lists, programs, languages, threads, dates, recipients, header fields or HTML as such.
/// </summary>
internal interface IFeatures
{
    IEnumerable<Feature> Of(MessageFacts message, IReadOnlyList<Signal> signals);
}
