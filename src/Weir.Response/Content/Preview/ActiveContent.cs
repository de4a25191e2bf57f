using AngleSharp.Dom;

namespace Weir.Response.Content.Preview;

/// <summary>Takes out what acts or loads, and writes down as text what a person should see of it: where a link leads, where a form sends, which picture was to be loaded.</summary>
internal static class ActiveContent
{
    /// <summary>Their content is code, or is shown by machinery that does not run here.</summary>
    private const string Whole =
        "script, style, noscript, template, iframe, frame, frameset, object, embed, applet, svg, math, audio, video, canvas, link, meta, base, title, select, textarea, noembed, noframes, xmp, plaintext, dialog, portal";

    private const int LongestTarget = 2_048;

    public static void WriteDown(IDocument document, RemovedParts removed)
    {
        foreach (var element in document.QuerySelectorAll("meta[http-equiv]"))
        {
            if ("refresh".Equals(element.GetAttribute("http-equiv")?.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                document.Body!.Prepend(Note(document, $"this page wanted to go on to: {Short(element.GetAttribute("content"))}")); // the caller has seen the body
            }
        }

        foreach (var element in document.QuerySelectorAll(Whole))
        {
            removed.Add(element.LocalName);
            element.Remove();
        }

        foreach (var link in document.QuerySelectorAll("a, area"))
        {
            WriteDownLink(document, link);
        }

        foreach (var form in document.QuerySelectorAll("form"))
        {
            form.Prepend(Note(document, $"form that sends to: {Short(form.GetAttribute("action"))}"));
        }

        foreach (var field in document.QuerySelectorAll("input, button"))
        {
            removed.Add(field.LocalName);
            var label = field.GetAttribute("placeholder") ?? field.GetAttribute("value") ?? field.TextContent;
            field.Replace(Note(document, $"{field.GetAttribute("type") ?? field.LocalName}: {Short(label)}"));
        }

        foreach (var picture in document.QuerySelectorAll("img"))
        {
            var source = picture.GetAttribute("src") ?? "";
            if (!source.StartsWith("cid:", StringComparison.OrdinalIgnoreCase))
            {
                removed.Add(source.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? "data: picture" : "remote picture");
                picture.Replace(Note(document, $"picture not loaded: {Short(picture.GetAttribute("alt"))} {Short(source)}".Trim()));
            }
        }
    }

    private static void WriteDownLink(IDocument document, IElement link)
    {
        var target = link.GetAttribute("href") ?? link.GetAttribute("xlink:href");
        var shown = document.CreateElement("span");
        shown.ClassName = "weir-link";
        while (link.FirstChild is { } child)
        {
            shown.AppendChild(child);
        }

        if (target is null)
        {
            link.Replace([.. shown.ChildNodes]);
            return;
        }

        link.Replace(shown, document.CreateTextNode(" "), Note(document, Short(target)));
    }

    private static IElement Note(IDocument document, string text)
    {
        var note = document.CreateElement("span");
        note.ClassName = "weir-note";
        note.TextContent = text;
        return note;
    }

    private static string Short(string? text) =>
        text is null ? "" : text.Length > LongestTarget ? string.Concat(text.AsSpan(0, LongestTarget), "…") : text;
}
