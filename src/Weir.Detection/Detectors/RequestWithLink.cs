using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>Words of a fraud together with a link to a stranger: neither the author's domain nor ours. Each alone is common in honest mail.</summary>
internal sealed class RequestWithLink : IDetector
{
    /// <summary>The words themselves are quoted by the signals of the language.</summary>
    private static readonly (string Kind, string Meaning)[] Requests =
    [
        ("credentials", "asks to sign in or confirm data"), ("account-threat", "says that an account is in danger"), ("payment-problem", "speaks of a payment"),
        ("parcel", "speaks of a parcel"), ("document", "speaks of a document or message"),
    ];

    public string Id => "request-with-link";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        var kinds = Requests.Where(request => message.Text.Strength(request.Kind, message.Intents.Reported) >= 1).ToList();
        if (message.Direction != Direction.Inbound || kinds.Count == 0)
        {
            yield break;
        }

        var foreign = message.Targets.FirstOrDefault(target => target.IsWeb && IsForeign(target, message));
        if (foreign is null)
        {
            yield break;
        }

        var evidence = $"The text {string.Join(" and ", kinds.Take(2).Select(kind => kind.Meaning))}, and a link leads to {foreign.Host}, while the author is at {message.AuthorDomain}.";
        yield return (kinds.Count >= 2 && !message.Intents.IsWarning
            ? Say.Phish("requests-with-foreign-link", evidence, DetectionTechnology.MixedAnalysisDetection, foreign.Url)
            : Say.Phish("request-with-foreign-link", evidence, DetectionTechnology.MixedAnalysisDetection, foreign.Url))
            .At(message.Targets.Where(target => target.IsWeb && IsForeign(target, message)).Select(target => In.Url(target.Url)).Distinct())
            .At(In.Phrases(message.Text, kinds.Select(kind => kind.Kind)));
    }

    private static bool IsForeign(UrlFacts target, MessageFacts message) => !message.IsAuthors(target) && !message.IsOurs(target.Host) && !Facts.Names.Brands.IsHome(target.Host);
}
