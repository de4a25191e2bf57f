using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Names;
using Weir.Detection.Facts.Places;
using Weir.Mail.Contracts;

namespace Weir.Detection.Detectors;

/// <summary>A code to photograph: it takes the reader to a phone, which no filter guards, and hides its address from those that do.</summary>
internal sealed class QrCode : IDetector
{
    public string Id => "qr-code";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        foreach (var (feature, words) in new[] { ("qr-code-drawn", "drawn in the body, where there is no picture to look at"), ("qr-code-split", "cut into several pictures, none of which shows it") })
        {
            if (message.Files.FirstOrDefault(file => file.Features.Any(each => each.Name == feature)) is { } file)
            {
                yield return Say.Phish(feature, $"A QR code is {words}.").At(Parts(message, [file.PartPath]));
            }
        }

        var codes = message.Message.Urls.Where(url => url.Source == UrlSource.QrCode).ToList();
        if (codes.Find(code => IsForeign(code, message)) is not { } foreign)
        {
            yield break;
        }

        // Links of the body; the codes themselves are among what can be followed.
        var hasLink = message.Targets.Any(target => target.IsWeb && !codes.Exists(code => code.Url == target.Url));
        var places = Parts(message, codes.Select(code => code.PartPath));
        yield return hasLink
            ? Say.Any("qr-code-link", $"A QR code leads to {UrlFacts.Defang(foreign.Url)}.", DetectionTechnology.AdvancedFilter, foreign.Url).At(places)
            : Say.Phish("qr-code-instead-of-link", $"The only way to follow is a QR code, to {UrlFacts.Defang(foreign.Url)}.", DetectionTechnology.MixedAnalysisDetection, foreign.Url).At(places);
    }

    private static bool IsForeign(MailUrl code, MessageFacts message) =>
        Domains.Registered(code.Domain) is var registered && registered.Length > 0 && registered != message.AuthorRegistered && !message.IsOurs(code.Domain) && !Brands.IsHome(code.Domain);

    private static IEnumerable<Sighting> Parts(MessageFacts message, IEnumerable<string> paths) =>
        message.Message.Parts.Where(part => paths.Contains(part.Path, StringComparer.Ordinal)).Select(In.Part);
}
