namespace Weir.Mail.Text;

/// <summary>What a page shows and where it leads.</summary>
/// <param name="Linked">Ranges of the visible text that are links already.</param>
internal sealed record HtmlPage(string VisibleText, IReadOnlyList<HtmlReference> References, IReadOnlyList<(int Start, int End)> Linked, string BaseUrl, bool IsCut);

/// <summary>A reference in HTML as written.</summary>
/// <param name="Written">The attribute's value.</param>
/// <param name="ShownText">Visible text of a link; empty for what is loaded, not clicked.</param>
/// <param name="IsClicked">A link, area or form, rather than something the page loads.</param>
internal readonly record struct HtmlReference(string Written, string ShownText, bool IsClicked);
