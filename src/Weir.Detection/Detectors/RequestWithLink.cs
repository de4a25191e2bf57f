using Weir.Detection.Contracts;
using Weir.Detection.Facts;

namespace Weir.Detection.Detectors;

/// <summary>Words of a fraud together with a link to a stranger: neither the author's domain nor ours. Each alone is common in honest mail.</summary>
internal sealed class RequestWithLink : IDetector
{
    private static readonly string[] Requests = ["credentials", "account-threat", "payment-problem", "parcel", "document"];

    public string Id => "request-with-link";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        var kinds = Requests.Where(kind => message.Text.Strength(kind) >= 1).ToList();
        if (message.Direction != Direction.Inbound || kinds.Count == 0)
        {
            yield break;
        }

        var foreign = message.Targets.FirstOrDefault(target => target.IsWeb && IsForeign(target, message));
        if (foreign is null)
        {
            yield break;
        }

        var evidence = $"{message.Text.Quote(kinds[0])} with a link to {foreign.Host}, while the author is at {message.AuthorDomain}.";
        yield return kinds.Count >= 2
            ? Say.Phish("requests-with-foreign-link", evidence, DetectionTechnology.MixedAnalysisDetection, foreign.Url)
            : Say.Phish("request-with-foreign-link", evidence, DetectionTechnology.MixedAnalysisDetection, foreign.Url);
    }

    private static bool IsForeign(UrlFacts target, MessageFacts message) => !message.IsAuthors(target) && !message.IsOurs(target.Host) && !Facts.Names.Brands.IsHome(target.Host);
}
