using System.Globalization;
using System.Net;
using System.Text;
using Weir.Mail.Contracts;
using Weir.Response.Contracts;

namespace Weir.Response.Content.Preview;

/// <summary>
/// A message as one harmless page: no script, form or frame, nothing loaded from anywhere, links as text with their real target.
/// The page is safe by itself; the sandbox and the policy that it is served with are a second wall.
/// </summary>
internal static class MessagePage
{
    // The first wall of the page itself, for whoever saves it to a file. Pictures are data: URIs; styles are inline and filtered.
    private const string Head = """
        <!DOCTYPE html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"><meta name="referrer" content="no-referrer"><title>Preview</title><style>
        body{font:14px/1.45 system-ui,sans-serif;margin:12px;color:#111;background:#fff;overflow-wrap:anywhere}
        pre{white-space:pre-wrap;font:13px/1.45 ui-monospace,monospace;margin:0}
        img{max-width:100%;height:auto}
        .weir-link{text-decoration:underline}
        .weir-note{color:#555;background:#f1f1f1;padding:0 .3em;font-size:12px}
        .weir-head{border-bottom:1px solid #ccc;margin:0 0 12px;padding-bottom:8px;font-size:13px}
        .weir-head div{margin:0 0 2px}
        .weir-head b{color:#555;font-weight:400}
        .weir-files{border-top:1px solid #ccc;margin-top:16px;padding-top:8px}
        </style></head><body>
        """;

    private const int LongestLine = 1_000;
    private const int MostAddresses = 10;

    public static MessagePreview Of(ReadOnlyMemory<byte> raw)
    {
        var message = MailParser.Parse(raw, ParseLimits.Default with { LeavesArchives = true });
        var removed = new RemovedParts();
        var page = new StringBuilder(Head);
        AppendHead(page, message);
        page.Append(BodyOf(message, removed));
        AppendFiles(page, message);
        page.Append("</body></html>");
        return new MessagePreview(page.ToString(), removed.Names);
    }

    /// <summary>Who, to whom, when and what about, as the message says it.</summary>
    private static void AppendHead(StringBuilder page, ParsedMessage message)
    {
        page.Append("<div class=\"weir-head\">");
        Line("From", Addresses(message.From));
        Line("Reply-To", Addresses(message.ReplyTo));
        Line("To", Addresses(message.To));
        Line("Cc", Addresses(message.Cc));
        Line("Date", message.Date is { } date ? date.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) : "");
        Line("Subject", message.Subject);
        page.Append("</div>");

        void Line(string name, string value)
        {
            if (value.Length > 0)
            {
                // What turns text round stays inside its own line.
                page.Append(CultureInfo.InvariantCulture, $"<div><b>{name}:</b> <bdi>{WebUtility.HtmlEncode(value.Length > LongestLine ? value[..LongestLine] + "…" : value)}</bdi></div>");
            }
        }
    }

    private static string Addresses(IReadOnlyList<MailAddress> addresses) =>
        string.Join(", ", addresses.Take(MostAddresses).Select(address => address.DisplayName.Length > 0 ? $"{address.DisplayName} <{address.Address}>" : address.Address))
        + (addresses.Count > MostAddresses ? $" and {addresses.Count - MostAddresses} more" : "");

    private static string BodyOf(ParsedMessage message, RemovedParts removed)
    {
        if (message.HtmlBody.Length > 0)
        {
            if (HarmlessHtml.Of(message.HtmlBody, message.Parts, removed) is { } html)
            {
                return html;
            }

            removed.Add("markup too complex to show: text only");
            return Text(message.VisibleText);
        }

        return message.TextBody.Length > 0 ? Text(message.TextBody) : "<p class=\"weir-note\">This message has no text.</p>";
    }

    private static string Text(string text)
    {
        const int longest = 2_000_000;
        return $"<pre>{WebUtility.HtmlEncode(text.Length > longest ? text[..longest] : text)}</pre>";
    }

    private static void AppendFiles(StringBuilder page, ParsedMessage message)
    {
        var files = message.Attachments;
        if (files.Count == 0)
        {
            return;
        }

        page.Append(CultureInfo.InvariantCulture, $"<div class=\"weir-files\">Attachments ({files.Count}), not shown:<ul>");
        foreach (var file in files.Take(200))
        {
            var name = file.FileName.Length > 0 ? file.FileName : file.ContentType;
            page.Append(CultureInfo.InvariantCulture, $"<li>{WebUtility.HtmlEncode(name.Length > 300 ? name[..300] : name)} ({file.Size:N0} bytes)</li>");
        }

        page.Append("</ul></div>");
    }
}
