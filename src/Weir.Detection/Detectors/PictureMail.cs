using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>The message is a picture with a link: its words are where no word list reads them.</summary>
internal sealed class PictureMail : IDetector
{
    private const int FewWords = 40;

    public string Id => "picture-mail";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        var linked = message.Html.Pictures.Where(picture => picture is { IsLinked: true, IsTiny: false }).ToList();
        if (linked.Count > 0 && message.Text.Words.Count - SubjectWords(message) <= FewWords)
        {
            yield return Say.Any("picture-instead-of-text", $"{linked.Count} linked pictures and {message.Text.Words.Count - SubjectWords(message)} words.").At(linked.Select(picture => In.Url(picture.Source)));
        }

        var drop = message.Html.Pictures.FirstOrDefault(picture => KnownHosts.IsPictureDrop(picture.Host));
        if (drop is not null)
        {
            yield return Say.Any("picture-from-anonymous-host", $"A picture comes from {drop.Host}, where anybody uploads without a name.").At(In.Url(drop.Source));
        }

        var cloud = message.Html.Pictures.FirstOrDefault(picture => picture.IsLinked && picture.Host.Length > 0 && KnownHosts.IsSharedHosting(picture.Host));
        if (cloud is not null && drop is null)
        {
            yield return Say.Any("picture-from-shared-hosting", $"A linked picture comes from {cloud.Host}.").At(In.Url(cloud.Source));
        }
    }

    private static int SubjectWords(MessageFacts message) => message.Text.Words.Count(word => word.End <= message.Text.SubjectEnd);
}
