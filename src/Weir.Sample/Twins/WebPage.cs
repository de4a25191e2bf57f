using System.Net;
using System.Text;

namespace Weir.Sample.Twins;

/// <summary>A page attached to a mail: a printed receipt, or a form that asks for the password and sends it off.</summary>
internal static class WebPage
{
    public static byte[] Write(Case mail, IReadOnlyList<string> lines, string link)
    {
        var text = new StringBuilder("<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\"><title>").Append(WebUtility.HtmlEncode(lines[0])).Append("</title></head>\n<body>\n");
        if (mail.IsHonest || link.Length == 0)
        {
            foreach (var line in lines)
            {
                text.Append("<p>").Append(WebUtility.HtmlEncode(line)).Append("</p>\n");
            }
        }
        else
        {
            var target = WebUtility.HtmlEncode(link);
            _ = mail.Dice.Below(4) switch
            {
                0 => text.Append("<script>location.href=atob('").Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(link))).Append("')</script>\n"),
                1 => text.Append("<meta http-equiv=\"refresh\" content=\"0;url=").Append(target).Append("\">\n"),
                2 => text.Append("<script>document.write(unescape('").Append(Uri.EscapeDataString($"<iframe src=\"{link}\" width=\"100%\" height=\"900\"></iframe>")).Append("'))</script>\n"),
                _ => text.Append("<h2>").Append(WebUtility.HtmlEncode(mail.House.Name)).Append("</h2>\n<form method=\"post\" action=\"").Append(target).Append("\">\n<input name=\"email\" value=\"").Append(WebUtility.HtmlEncode(mail.To.Address))
                    .Append("\">\n<input type=\"password\" name=\"pass\">\n<button>OK</button>\n</form>\n"),
            };
        }

        return Encoding.UTF8.GetBytes(text.Append("</body>\n</html>\n").ToString());
    }
}
