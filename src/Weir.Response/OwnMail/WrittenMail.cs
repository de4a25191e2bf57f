using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Weir.Intelligence.Contracts;
using Weir.Mailboxes.Contracts;

namespace Weir.Response.OwnMail;

/// <summary>
/// Writes Weir's own mail: text and HTML that say the same, without pictures, scripts or anything from elsewhere, marked for its one recipient. Whatever
/// comes from other mail (subjects, names) is text: it can neither add a field nor an element.
/// </summary>
internal sealed class WrittenMail(IHandOver server, IOwnMail own, TimeProvider time)
{
    /// <summary>As long as a mail may lie in a queue.</summary>
    private static readonly TimeSpan MarkIsValid = TimeSpan.FromDays(14);

    private const int LongestLine = 300;

    /// <summary>A mail server is configured.</summary>
    public bool IsPossible => server.IsConfigured;

    /// <summary>Where people reach the portal; empty when nobody said.</summary>
    public string PortalUrl => server.PortalUrl;

    public OutgoingMail Of(NoticeText notice)
    {
        var id = MessageIdOf(notice.Key);
        var text = TextOf(notice);
        var html = HtmlOf(notice);
        var boundary = "weir-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(notice.Key)))[..32];
        var raw = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"From: {Words("Weir quarantine")} <{server.From}>\r\n")
            .Append(CultureInfo.InvariantCulture, $"To: <{notice.Recipient}>\r\n")
            .Append(CultureInfo.InvariantCulture, $"Subject: {Words(Line(notice.Subject))}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Date: {time.GetUtcNow().ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} +0000\r\n")
            .Append(CultureInfo.InvariantCulture, $"Message-ID: <{id}>\r\n")
            .Append("MIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\nPrecedence: list\r\n")
            .Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/alternative; boundary=\"{boundary}\"\r\n\r\n")
            .Append(Part(boundary, "text/plain", text))
            .Append(Part(boundary, "text/html", html))
            .Append(CultureInfo.InvariantCulture, $"--{boundary}--\r\n");
        var about = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(notice.Key)))[..32];
        var marked = own.Sign(Encoding.ASCII.GetBytes(raw.ToString()), notice.Recipient, OwnMailKind.Notice, about, time.GetUtcNow() + MarkIsValid);
        return new OutgoingMail(notice.Key, notice.Kind, notice.Recipient, notice.Subject, marked);
    }

    /// <summary>The Message-ID (without brackets) of the mail of a key: links in it are bound to it.</summary>
    public string MessageIdOf(string key) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("id\n" + key)))[..32]}@{server.From[(server.From.LastIndexOf('@') + 1)..]}";

    /// <summary>What other mail says, fit for one line: no breaks, no controls, no characters that turn text round.</summary>
    public static string Line(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, LongestLine));
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length >= LongestLine)
            {
                return line.Append('…').ToString();
            }

            var category = Rune.GetUnicodeCategory(rune);
            line.Append(category is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? " "
                : category == UnicodeCategory.Format && rune.Value is not (0x200C or 0x200D) ? $"[U+{rune.Value:X4}]"
                : rune.ToString());
        }

        return line.ToString().Trim();
    }

    private static string TextOf(NoticeText notice)
    {
        var text = new StringBuilder().Append(notice.Heading).Append("\r\n\r\n");
        foreach (var (name, value) in notice.Facts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}: {Line(value)}\r\n");
        }

        foreach (var item in notice.Items)
        {
            text.Append("\r\n");
            foreach (var (name, value) in item.Facts)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}: {Line(value)}\r\n");
            }

            if (item.Link.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{item.LinkText}: {item.Link}\r\n");
            }
        }

        if (notice.Link.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\r\n{notice.LinkText}: {notice.Link}\r\n");
        }

        return text.Append(notice.Foot.Length > 0 ? $"\r\n{notice.Foot}\r\n" : "").ToString();
    }

    private static string HtmlOf(NoticeText notice)
    {
        var html = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\"></head>")
            .Append("<body style=\"margin:0;padding:24px;font:14px/20px system-ui,sans-serif\"><div style=\"max-width:640px\">")
            .Append(CultureInfo.InvariantCulture, $"<p style=\"font-size:16px;font-weight:600\">{Html(notice.Heading)}</p>");
        Facts(html, notice.Facts);
        foreach (var item in notice.Items)
        {
            html.Append("<div style=\"border:1px solid #7a8594;border-radius:6px;padding:12px;margin:12px 0\">");
            Facts(html, item.Facts);
            Button(html, item.Link, item.LinkText);
            html.Append("</div>");
        }

        Button(html, notice.Link, notice.LinkText);
        return html.Append(notice.Foot.Length > 0 ? $"<p style=\"font-size:12px;opacity:.8\">{Html(notice.Foot)}</p>" : "").Append("</div></body></html>").ToString();
    }

    private static void Facts(StringBuilder html, IReadOnlyList<(string Name, string Value)> facts)
    {
        if (facts.Count == 0)
        {
            return;
        }

        html.Append("<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\">");
        foreach (var (name, value) in facts)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td style=\"padding:2px 16px 2px 0;opacity:.8;vertical-align:top\">{Html(name)}</td><td style=\"padding:2px 0;overflow-wrap:anywhere\"><bdi>{Html(Line(value))}</bdi></td></tr>");
        }

        html.Append("</table>");
    }

    private static void Button(StringBuilder html, string link, string text)
    {
        if (link.Length > 0)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:12px 0 0\"><a href=\"{Html(link)}\" style=\"display:inline-block;padding:6px 12px;border-radius:6px;background:#0b5cad;color:#ffffff;text-decoration:none\">{Html(text)}</a></p>");
        }
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    private static string Part(string boundary, string type, string content) =>
        $"--{boundary}\r\nContent-Type: {type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(Encoding.UTF8.GetBytes(content), Base64FormattingOptions.InsertLineBreaks)}\r\n";

    /// <summary>RFC 2047 in pieces of at most 75 characters, each of whole characters.</summary>
    private static string Words(string text)
    {
        if (text.All(character => character is >= ' ' and <= '~') && text.Length < 60 && !text.Contains("=?", StringComparison.Ordinal))
        {
            return text;
        }

        var words = new List<string>();
        var piece = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Encoding.UTF8.GetByteCount(piece.ToString()) + rune.Utf8SequenceLength > 42)
            {
                words.Add(piece.ToString());
                piece.Clear();
            }

            piece.Append(rune.ToString());
        }

        words.Add(piece.ToString());
        return string.Join("\r\n ", words.Select(word => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(word))}?="));
    }
}

/// <summary>What a mail of Weir's own says.</summary>
internal sealed record NoticeText
{
    /// <summary>Says the same for the same mail: it is sent once.</summary>
    public required string Key { get; init; }

    public required string Kind { get; init; }
    public required string Recipient { get; init; }
    public required string Subject { get; init; }
    public required string Heading { get; init; }
    public IReadOnlyList<(string Name, string Value)> Facts { get; init; } = [];
    public IReadOnlyList<NoticeItem> Items { get; init; } = [];
    public string Link { get; init; } = "";
    public string LinkText { get; init; } = "";
    public string Foot { get; init; } = "";
}

/// <summary>One of several things that a mail tells of.</summary>
internal sealed record NoticeItem(IReadOnlyList<(string Name, string Value)> Facts, string Link, string LinkText);
