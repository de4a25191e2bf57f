using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>The message is a link to a stranger and hardly a word, or one such link again and again: all that it wants is the click.</summary>
internal sealed class LinkAlone : IDetector
{
    private const int HardlyAny = 8;
    private const int Often = 4;

    public string Id => "link-alone";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        if (message.Direction != Direction.Inbound)
        {
            yield break;
        }

        var web = message.Targets.Where(target => target.IsWeb).ToList();
        if (web.Count == 0 || web.Exists(message.IsAuthors) || web.TrueForAll(target => message.IsOurs(target.Host)))
        {
            yield break;
        }

        var places = web.Select(target => In.Url(target.Url)).Distinct();
        var words = message.Text.Words.Count(word => word.Start >= message.Text.SubjectEnd);
        // A picture with a link is a matter of its own.
        if (words < HardlyAny && !message.Html.Pictures.Any(picture => picture is { IsLinked: true, IsTiny: false }))
        {
            yield return Say.Any("link-alone", $"{words} words and a link to {web[0].Host}.").At(places);
        }
        else if (web.Count >= Often && !web[0].IsIpAddress && web.TrueForAll(target => target.Url == web[0].Url))
        {
            yield return Say.Any("link-repeated", $"{web.Count} links, and all lead to {web[0].Shown}.").At(places);
        }
    }
}
