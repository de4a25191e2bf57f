using System.Text;
using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Html;
using Weir.Detection.Facts.Places;
using Weir.Mail.Contracts;

namespace Weir.Detection.Detectors;

/// <summary>A page that comes as a file: no filter sees its address, and what it does begins on the reader's machine.</summary>
internal sealed class HtmlAttachment : IDetector
{
    private const int MostBytes = 1 << 20;

    /// <summary>Pieces of scripts that build a file or a page out of text.</summary>
    private static readonly string[] Smuggling = ["atob(", "msSaveOrOpenBlob", "createObjectURL", "unescape(", "fromCharCode", "document.write(", "eval(", "new Blob(", "charCodeAt"];

    public string Id => "html-attachment";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        foreach (var part in message.Message.Attachments)
        {
            var isPage = part.FileType is "html" or "xhtml" or "svg" || part.Extension is "html" or "htm" or "shtml" or "xhtml" or "svg" or "mht" or "mhtml";
            if (isPage)
            {
                foreach (var signal in Of(part))
                {
                    yield return signal;
                }
            }
        }

        if (message.Html.HasPasswordField)
        {
            yield return Say.Phish("html-form", "The body itself asks for a password.").At(In.Html(message, HtmlSpot.PasswordField));
        }
        else if (message.Html.Forms.FirstOrDefault(action => action.Length > 0) is { } action)
        {
            yield return Say.Any("html-form-plain", $"The body holds a form that sends to {UrlFacts.Defang(action)}.").At(In.Html(message, HtmlSpot.Form));
        }

        if (message.Html.HasScript)
        {
            yield return Say.Any("html-script", "The body holds a script; mail programs run none.").At(In.Html(message, HtmlSpot.Script));
        }
    }

    private static IEnumerable<Signal> Of(MailPart part)
    {
        var source = Encoding.Latin1.GetString(part.Content.Span[..Math.Min(part.Content.Length, MostBytes)]);
        var page = HtmlFacts.Of(source);
        if (page.HasPasswordField || (page.Forms.Count > 0 && page.HasScript))
        {
            yield return Phish("attachment-html-form", $"{part.FileName} is a page with a form that asks for a password or sends by script.", part);
        }

        var tricks = Smuggling.Where(piece => source.Contains(piece, StringComparison.OrdinalIgnoreCase)).ToList();
        if (page.HasScript && (tricks.Count >= 2 || (tricks.Count == 1 && source.Length > 50_000)))
        {
            yield return Phish("attachment-html-smuggling", $"{part.FileName} builds its content by script: {string.Join(" ", tricks)}", part).At(tricks.Select(piece => In.Text(part, piece))).At(In.Part(part));
        }
        else if (page.HasScript)
        {
            yield return Phish("attachment-html-script", $"{part.FileName} is a page with a script.", part).At(In.Text(part, "<script"), In.Part(part));
        }
        else if (page.RefreshTo.Length > 0)
        {
            yield return Phish("attachment-html-refresh", $"{part.FileName} sends the reader on to {UrlFacts.Defang(page.RefreshTo)}.", part).At(In.Text(part, page.RefreshTo), In.Part(part));
        }
        else if (part.FileType == "svg" || part.Extension == "svg")
        {
            yield break;
        }
        else
        {
            yield return Phish("attachment-html", $"{part.FileName} is a page that comes as a file.", part);
        }
    }

    private static Signal Phish(string name, string evidence, MailPart part) => Say.Phish(name, evidence, DetectionTechnology.FileReputation, part.Sha256);
}
