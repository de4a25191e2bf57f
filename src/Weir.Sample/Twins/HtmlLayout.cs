using System.Globalization;
using System.Text;

namespace Weir.Sample.Twins;

/// <summary>A letter as HTML, in one of the ways that mail programs and services write it.</summary>
internal sealed class HtmlLayout
{
    private static readonly string[] Colours = ["#0a66c2", "#d40511", "#ff6600", "#1a73e8", "#222222", "#00897b", "#6c2eb9", "#e50914", "#003087", "#2e7d32"];
    private static readonly string[] Fonts = ["Arial,Helvetica,sans-serif", "'Segoe UI',Tahoma,sans-serif", "Roboto,Arial,sans-serif", "Georgia,serif", "Calibri,sans-serif", "Verdana"];

    private readonly Letter _letter;
    private readonly Form _form;
    private readonly StringBuilder _html = new();
    private readonly string _colour;
    private readonly string _font;

    private HtmlLayout(Letter letter, Form form)
    {
        (_letter, _form) = (letter, form);
        _colour = Colours[form.Order % Colours.Length];
        _font = Fonts[form.Order / 7 % Fonts.Length];
    }

    public static string Write(Letter letter, Form form)
    {
        var layout = new HtmlLayout(letter, form);
        layout.Head();
        layout.Body();
        return layout._html.ToString();
    }

    private void Head()
    {
        Line(_form.Layout switch
        {
            Layout.Tables => "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">",
            Layout.Blocks => "<!DOCTYPE html>",
            _ => "",
        });
        Line(_form.Layout == Layout.Office ? "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:w=\"urn:schemas-microsoft-com:office:word\">" : "<html>");
        Line("<head>");
        if ((_form.Order & 1) == 0)
        {
            Line("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">");
        }

        if (_form.Layout is Layout.Tables or Layout.Blocks)
        {
            Line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
            Line($"<title>{Escaped((_form.Order & 2) == 0 ? _letter.Subject : _letter.Brand)}</title>");
        }

        if (_form.HasStyleSheet)
        {
            Line("<style type=\"text/css\">");
            Line($"body{{margin:0;padding:0;font-family:{_font};}} a{{color:{_colour};}}");
            Line("@media only screen and (max-width:600px){.w{width:100%!important}.m{display:none!important}}");
            Line("</style>");
        }

        Line("</head>");
    }

    private void Body()
    {
        Line(_form.Layout == Layout.Tables ? "<body bgcolor=\"#f4f4f4\" style=\"margin:0;padding:0;\">" : "<body>");
        if (_letter.Preheader.Length > 0)
        {
            Line($"<div style=\"display:none;max-height:0;overflow:hidden;mso-hide:all\">{Escaped(_letter.Preheader)}{string.Concat(Enumerable.Repeat("&#847;&zwnj;&nbsp;", _form.Order % 30))}</div>");
        }

        switch (_form.Layout)
        {
            case Layout.Tables:
                Line("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr><td align=\"center\">");
                Line("<table class=\"w\" width=\"600\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"background:#ffffff;\">");
                Content("<tr><td style=\"padding:8px 24px;font-family:" + _font + ";font-size:15px;line-height:22px;color:#333333;\">", "</td></tr>");
                Line("</table></td></tr></table>");
                break;
            case Layout.Blocks:
                Line("<div class=\"w\" style=\"max-width:560px;margin:0 auto;padding:20px;border:1px solid #e0e0e0;border-radius:8px;font-family:" + _font + "\">");
                Content("<div style=\"padding:6px 0\">", "</div>");
                Line("</div>");
                break;
            case Layout.Office:
                Line("<div class=\"WordSection1\">");
                Content("<p class=\"MsoNormal\"><span style=\"font-size:11.0pt;font-family:&quot;Calibri&quot;,sans-serif\">", "<o:p></o:p></span></p>");
                Line("</div>");
                break;
            default:
                Content((_form.Order & 4) == 0 ? "<p>" : "<div>", (_form.Order & 4) == 0 ? "</p>" : "</div><br>");
                break;
        }

        Hidden();
        if (_letter.Pixel.Length > 0)
        {
            Line($"<img src=\"{Escaped(_letter.Pixel)}\" width=\"1\" height=\"1\" border=\"0\" alt=\"\">");
        }

        Line("</body>");
        Line("</html>");
    }

    private void Content(string open, string close)
    {
        void Block(string inner) => Line(open + inner + close);
        var pictures = _letter.Pictures;
        if (_letter.IsPicture)
        {
            var source = pictures.Count > 0 ? pictures[0] : "";
            var image = $"<img src=\"{Escaped(source)}\" width=\"{560 + (_form.Order % 80)}\" border=\"0\" style=\"display:block\" alt=\"{((_form.Order & 16) == 0 ? "" : Escaped(_letter.Brand))}\">";
            Block(_letter.Link.Length > 0 ? $"<a href=\"{Escaped(_letter.Link)}\">{image}</a>" : image);
            Foot(Block);
            return;
        }

        if (pictures.Count > 0)
        {
            Block($"<img src=\"{Escaped(pictures[0])}\" height=\"40\" alt=\"{Escaped(_letter.Brand)}\">");
        }

        if (_form.Layout is Layout.Tables or Layout.Blocks)
        {
            Block((_form.Order & 32) == 0 ? $"<h1 style=\"font-size:22px;margin:0;color:{_colour}\">{Text(_letter.Subject)}</h1>" : $"<b>{Text(_letter.Brand)}</b>");
        }

        Block(Text(_letter.Greeting));
        var paragraphs = PlainLayout.Paragraphs(_letter, _form).ToList();
        var early = (_form.Order & 64) == 0 ? paragraphs.Count : Math.Max(1, paragraphs.Count - 1);
        foreach (var paragraph in paragraphs.Take(early))
        {
            Block(Text(paragraph));
        }

        Rows(Block);
        Button(Block);
        foreach (var paragraph in paragraphs.Skip(early))
        {
            Block(Text(paragraph));
        }

        foreach (var picture in pictures.Skip(1))
        {
            Block($"<img src=\"{Escaped(picture)}\" width=\"{160 + (_form.Order % 200)}\" alt=\"\">");
        }

        Block(Text(_letter.Closing).Replace("\n", "<br>", StringComparison.Ordinal));
        Foot(Block);
        if (_letter.Quoted.Length > 0)
        {
            Line($"<blockquote style=\"border-left:2px solid #ccc;padding-left:8px\">{Escaped(_letter.Quoted).Replace("\n", "<br>\n", StringComparison.Ordinal)}</blockquote>");
        }
    }

    private void Rows(Action<string> block)
    {
        if (_letter.Rows.Count == 0)
        {
            return;
        }

        block((_form.Order & 128) == 0
            ? "<table cellpadding=\"4\" style=\"border-collapse:collapse\">" + string.Concat(_letter.Rows.Select(row => $"\n<tr><td><b>{Escaped(row.Name)}</b></td><td>{Escaped(row.Value)}</td></tr>")) + "</table>"
            : string.Join("<br>\n", _letter.Rows.Select(row => $"{Escaped(row.Name)}: <strong>{Escaped(row.Value)}</strong>")));
    }

    private void Button(Action<string> block)
    {
        if (_letter.Link.Length == 0)
        {
            return;
        }

        var link = Escaped(_letter.Link);
        var words = _letter.ShownLink.Length > 0 ? Escaped(_letter.ShownLink) : _letter.Button.Length > 0 ? Text(_letter.Button) : link;
        block(!_form.HasButton || _letter.ShownLink.Length > 0 ? $"<a href=\"{link}\">{words}</a>" : (_form.Order % 3) switch
        {
            0 => $"<a href=\"{link}\" target=\"_blank\" style=\"display:inline-block;background:{_colour};color:#ffffff;padding:12px 28px;border-radius:4px;text-decoration:none;font-weight:bold\">{words}</a>",
            1 => $"<table border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td align=\"center\" bgcolor=\"{_colour}\" style=\"padding:10px 24px\"><a href=\"{link}\" style=\"color:#fff;text-decoration:none\">{words}</a></td></tr></table>",
            _ => $"<center><a href=\"{link}\" rel=\"noopener\" style=\"background-color:{_colour};border:10px solid {_colour};color:white\"><strong>{words}</strong></a></center>",
        });
    }

    private void Foot(Action<string> block)
    {
        if (_letter.SideLinks.Count > 0)
        {
            block(string.Join(" | \n", _letter.SideLinks.Select(side => $"<a href=\"{Escaped(side.Url)}\" style=\"color:#888\">{Escaped(side.Text)}</a>")));
        }

        if (_form.HasFooter)
        {
            block($"<span style=\"font-size:11px;color:#888888\">{Text(_letter.Footer)}</span>");
        }

        if (_letter.Unsubscribe.Length > 0)
        {
            block($"<small><a href=\"{Escaped(_letter.Unsubscribe)}\" style=\"color:#999\">{Escaped(_letter.UnsubscribeText)}</a></small>");
        }
    }

    private void Hidden()
    {
        if (_letter.Padding.Length > 0)
        {
            var text = Escaped(_letter.Padding);
            Line((_form.Order % 5) switch
            {
                0 => $"<div style=\"display:none\">{text}</div>",
                1 => $"<font color=\"#ffffff\" size=\"1\">{text}</font>",
                2 => $"<span style=\"font-size:0px;line-height:0;color:transparent\">{text}</span>",
                3 => $"<div style=\"opacity:0;height:1px;overflow:hidden\">{text}</div>",
                _ => $"{string.Concat(Enumerable.Repeat("<br>", 40))}\n<p style=\"color:#fefefe\">{text}</p>",
            });
        }
    }

    /// <summary>Escaped, and split by what nobody sees when the letter hides from filters.</summary>
    private string Text(string text)
    {
        if (_letter.Splinter.Length == 0)
        {
            return Escaped(text);
        }

        var words = text.Split(' ').Select((word, number) => word.Length > 5 && number % 2 == 0
            ? $"{Escaped(word[..3])}<span style=\"font-size:0\">{_letter.Splinter}</span>{Escaped(word[3..])}"
            : Escaped(word));
        return string.Join(' ', words);
    }

    private string Escaped(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '&' => result.Append("&amp;"),
                '<' => result.Append("&lt;"),
                '>' => result.Append("&gt;"),
                '"' => result.Append("&quot;"),
                > '\u009F' and < '\u0180' when _form.UsesEntities => result.Append(CultureInfo.InvariantCulture, $"&#{(int)letter};"),
                _ => result.Append(letter),
            };
        }

        return result.ToString();
    }

    private void Line(string text)
    {
        if (text.Length > 0)
        {
            _html.Append(text).Append('\n');
        }
    }
}
