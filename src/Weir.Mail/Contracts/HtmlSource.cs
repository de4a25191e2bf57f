using Weir.Mail.Text;

namespace Weir.Mail.Contracts;

/// <summary>HTML of strangers before it is built into a tree.</summary>
public static class HtmlSource
{
    /// <summary>The source up to the first bound (length, tags, open elements, attributes of one tag): what is left builds in bounded time.</summary>
    public static string Bounded(string html, out bool isCut) => HtmlBounds.Cut(html, out isCut);
}
