using Weir.Mail.Contracts;
using Weir.Mail.Files;
using Weir.Mail.Headers;
using Weir.Mail.Mime;
using Weir.Mail.Text;

namespace Weir.Mail.Urls;

/// <summary>All places of a message where URLs stand: bodies, subject, list fields, files of text.</summary>
internal static class MessageUrls
{
    /// <summary>Bytes of text files that are searched, all together.</summary>
    private const int MostFileBytes = 8 << 20;

    private static readonly HashSet<string> TextTypes = new(
        ["txt", "html", "svg", "xml", "js", "jse", "vbs", "vbe", "ps1", "bat", "cmd", "hta", "wsf", "wsh", "sct", "url", "ics", "vcf", "csv", "json", "mht", "mhtml", "iqy", "reg", "rdp", "jnlp", "library-ms", "settingcontent-ms", "md", "rtf", "log", "xsl", "desktop", "inf", "php", "asp", "sh", "py"],
        StringComparer.Ordinal);

    public static IReadOnlyList<MailUrl> Of(MessageFields fields, BodyText body, HtmlPage? page, List<MimeNode> leaves, List<MailPart> parts, ParseLimits limits, DefectList defects)
    {
        var urls = new UrlCollection(limits.Urls, defects);
        if (page is not null)
        {
            urls.AddPage(page, UrlSource.EmailBody, body.HtmlPath);
            if (page.IsCut)
            {
                // What was too much for the tree may hide links.
                urls.AddText(body.Html, UrlSource.EmailBody, body.HtmlPath, needsScheme: true);
            }
        }

        urls.AddText(body.Plain, UrlSource.EmailBody, body.PlainPath);
        urls.AddText(HeaderText.Decode(fields.Value("Subject")), UrlSource.Subject, "");
        foreach (var header in fields.Headers)
        {
            if (header.Name.StartsWith("List-", StringComparison.OrdinalIgnoreCase) || header.Name.Contains("Unsubscribe", StringComparison.OrdinalIgnoreCase) || header.Name.StartsWith("X-Report", StringComparison.OrdinalIgnoreCase))
            {
                urls.AddText(header.Value, UrlSource.EmailHeader, "", needsScheme: true);
            }
        }

        var left = MostFileBytes;
        for (var i = 0; i < leaves.Count; i++)
        {
            var node = leaves[i];
            if ((node.EmbeddedIn == 0 && AttachmentRule.IsBody(node)) || !TextTypes.Contains(parts[i].FileType))
            {
                continue;
            }

            left -= node.Content.Length;
            if (left < 0)
            {
                defects.Add("text-files-too-large", "Not all files of text were searched for URLs.");
                break;
            }

            AddFile(urls, node, parts[i].FileType, limits, defects);
        }

        return urls.All;
    }

    private static void AddFile(UrlCollection urls, MimeNode node, string fileType, ParseLimits limits, DefectList defects)
    {
        var text = TextDecoding.Decode(node, defects);
        if (fileType is "html" or "svg" || node.MediaType == "text/html")
        {
            urls.AddPage(HtmlReading.Read(text, limits.Urls), UrlSource.Attachments, node.Path);
            urls.AddText(text, UrlSource.Attachments, node.Path, needsScheme: true);
        }
        else
        {
            urls.AddText(text, UrlSource.Attachments, node.Path, needsScheme: fileType is not ("txt" or "ics" or "csv" or "md"));
        }
    }
}
