using System.Globalization;
using Weir.Detection.Contracts;
using Weir.Detection.Facts;

namespace Weir.Detection.Detectors;

/// <summary>Says who had rewritten the links of a message: what is judged and shown is where they lead, not what stands in the message.</summary>
internal sealed class RewrittenLinks : IDetector
{
    private const int MostProducts = 4;

    public string Id => "rewritten-links";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        foreach (var product in message.Message.Urls.Where(url => url.WrappedBy.Length > 0).GroupBy(url => url.WrappedBy, StringComparer.Ordinal).Take(MostProducts))
        {
            var unresolved = product.Count(url => url.IsUnresolved);
            var links = product.Count() == 1 ? "a link" : string.Create(CultureInfo.InvariantCulture, $"{product.Count()} links");
            var first = product.First();
            var evidence = unresolved == 0 ? $"judged as {UrlFacts.Defang(first.Url)}"
                : unresolved == product.Count() ? "wrapped, unresolved: only the product knows where to"
                : string.Create(CultureInfo.InvariantCulture, $"{unresolved} of them unresolved: only the product knows where to");
            yield return Say.Any("url-wrapped", $"{product.Key} had rewritten {links}; {evidence}.", DetectionTechnology.GeneralFilter, first.Url);
        }
    }
}
