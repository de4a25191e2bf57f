using System.Net;

namespace Weir.Detection.Facts.Html;

/// <summary>What the source of the HTML body contains that its visible text doesn't say. Bounded: the first 512 K characters are read.</summary>
internal sealed class HtmlFacts
{
    private const int Longest = 1 << 19;

    public static HtmlFacts None { get; } = new();

    public IReadOnlyList<Picture> Pictures { get; private init; } = [];
    public IReadOnlyList<Link> Links { get; private init; } = [];

    /// <summary>Actions of forms; empty text for a form without one.</summary>
    public IReadOnlyList<string> Forms { get; private init; } = [];

    public bool HasPasswordField { get; private init; }
    public bool HasScript { get; private init; }
    public bool HasFrame { get; private init; }
    public string RefreshTo { get; private init; } = "";

    /// <summary>Letters and digits inside elements that a style hides.</summary>
    public int HiddenLetters { get; private init; }

    /// <summary>The beginning of the hidden text.</summary>
    public string HiddenText { get; private init; } = "";

    /// <summary>Words that are split by something hidden.</summary>
    public int HiddenInsideWords { get; private init; }

    /// <summary>Elements that are no HTML: random words as tags break up text against filters.</summary>
    public int UnknownTags { get; private init; }

    private IReadOnlyDictionary<HtmlSpot, List<(int Start, int End)>> Seen { get; init; } = new Dictionary<HtmlSpot, List<(int, int)>>();

    /// <summary>Where such things stand, as characters of the source; the first few.</summary>
    public IReadOnlyList<(int Start, int End)> Spots(HtmlSpot spot) => Seen.TryGetValue(spot, out var places) ? places : [];

    public static HtmlFacts Of(string html)
    {
        if (html.Length == 0)
        {
            return None;
        }

        var reader = new HtmlReader(html.Length > Longest ? html[..Longest] : html);
        reader.Read();
        return new HtmlFacts
        {
            Pictures = reader.Pictures,
            Links = reader.Links,
            Forms = reader.Forms,
            HasPasswordField = reader.HasPasswordField,
            HasScript = reader.HasScript,
            HasFrame = reader.HasFrame,
            RefreshTo = reader.RefreshTo,
            HiddenLetters = reader.HiddenLetters,
            HiddenText = WebUtility.HtmlDecode(reader.HiddenText.ToString()).Trim(),
            UnknownTags = reader.UnknownTags,
            HiddenInsideWords = reader.HiddenInsideWords,
            Seen = reader.Spots,
        };
    }
}

/// <summary>What of the source is worth citing.</summary>
internal enum HtmlSpot { Form, PasswordField, Script, Refresh, Hidden, HiddenInsideWord, UnknownTag }

/// <summary>A picture of the HTML body.</summary>
internal sealed record Picture(string Source, string Host, bool IsLinked, bool IsTiny);

/// <summary>A link of the HTML body with the text it shows.</summary>
internal sealed record Link(string Target, string ShownText, bool HasPicture);
