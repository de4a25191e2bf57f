using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Weir.Mail.Text;

namespace Weir.Mail.Inspection.Pictures;

/// <summary>Codes drawn with the cells of a table, with empty boxes, or with characters in HTML.</summary>
internal static partial class DrawnHtml
{
    /// <summary>Empty cells from which a page is looked at; a code of the smallest size has some hundred even when equal neighbours are joined.</summary>
    private const int LeastCells = 100;

    private const int MostTags = 200_000;
    private const int MostClasses = 200;
    private static readonly System.Buffers.SearchValues<char> Digits = System.Buffers.SearchValues.Create("0123456789.");

    /// <summary>True when a page may hold such a drawing. Cheap: most pages do not.</summary>
    public static bool MayHold(string html)
    {
        if (DrawnText.MayHold(html))
        {
            return true;
        }

        int empty = 0, entities = 0;
        for (var at = html.IndexOf('>', StringComparison.Ordinal); at >= 0 && at + 2 < html.Length; at = html.IndexOf('>', at + 1))
        {
            var next = at + 1;
            while (next < html.Length && char.IsWhiteSpace(html[next]))
            {
                next++;
            }

            if (string.CompareOrdinal(html, next, "&nbsp;", 0, 6) == 0)
            {
                next += 6;
            }

            if (next + 2 < html.Length && html[next] == '<' && IsBox(html, at, html[next + 1] == '/' ? next + 2 : next + 1) && ++empty >= LeastCells)
            {
                return true;
            }
        }

        for (var at = html.IndexOf("&#", StringComparison.Ordinal); at >= 0; at = html.IndexOf("&#", at + 2, StringComparison.Ordinal))
        {
            if (++entities >= DrawnText.LeastBlocks)
            {
                return true;
            }
        }

        return false;
    }

    public static IReadOnlyList<string> Read(string html)
    {
        var tags = Tags(html);
        foreach (var table in Rows(html, tags, Classes(html)))
        {
            if (table.Count >= DrawnGrid.Least && DrawnGrid.Read(table, 4, 4) is { Count: > 0 } found)
            {
                return found;
            }
        }

        return DrawnText.Read(AsLines(html, tags));
    }

    /// <summary>The tag that ends here opens something that may be a cell, and the next closes it or opens another of the kind.</summary>
    private static bool IsBox(string html, int end, int nextName)
    {
        var start = html.LastIndexOf('<', end, Math.Min(end, 400));
        return start >= 0 && start + 1 < end && "tdsibupef".Contains(char.ToLowerInvariant(html[start + 1]), StringComparison.Ordinal)
            && char.ToLowerInvariant(html[start + 1]) == char.ToLowerInvariant(html[nextName]) && (html[nextName - 1] == '/' || (html[start + 2] is 'd' or 'D' && nextName + 1 < html.Length && html[nextName + 1] is 'd' or 'D'));
    }

    private static List<Tag> Tags(string html)
    {
        var tags = new List<Tag>();
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && tags.Count < MostTags; at = html.IndexOf('<', at + 1))
        {
            var end = html.IndexOf('>', at);
            if (end < 0)
            {
                break;
            }

            var name = at + 1;
            while (name < end && (char.IsAsciiLetterOrDigit(html[name]) || (name == at + 1 && html[name] == '/')))
            {
                name++;
            }

            if (name > at + 1)
            {
                tags.Add(new Tag(html[(at + 1)..name].ToLowerInvariant(), at, end + 1, html[name..end]));
            }

            at = end;
        }

        return tags;
    }

    /// <summary>Drawings: rows of dark and light, a new one after anything that is no row.</summary>
    private static IEnumerable<List<bool[]>> Rows(string html, List<Tag> tags, Dictionary<string, int> classes)
    {
        var rows = new List<List<Cell>>();
        var row = new List<Cell>();
        var paper = 0xFFFFFF;
        for (var at = 0; at < tags.Count; at++)
        {
            var tag = tags[at];
            if (IsCell(html, tags, at, out var closing))
            {
                row.Add(new Cell(Colour(tag, classes) ?? paper, Length(tag, "width"), Length(tag, "height"), (int)(Number(tag.Attribute("colspan")) ?? 1), (int)(Number(tag.Attribute("rowspan")) ?? 1)));
                at = closing;
                continue;
            }

            if (tag.Name is not ("tr" or "/tr" or "br" or "div" or "/div" or "p" or "/p" or "table" or "/table" or "tbody" or "/tbody"))
            {
                continue;
            }

            if (row.Count > 0)
            {
                rows.Add(row);
                row = [];
            }

            if (tag.Name is "tr" or "table")
            {
                paper = Colour(tag, classes) ?? (tag.Name == "table" ? 0xFFFFFF : paper);
            }

            if (tag.Name is "/table" && rows.Count > 0)
            {
                yield return Modules(rows);
                rows = [];
            }
        }

        rows.Add(row);
        yield return Modules(rows);
    }

    /// <summary>True for an element with nothing in it to read.</summary>
    private static bool IsCell(string html, List<Tag> tags, int at, out int closing)
    {
        closing = at;
        var tag = tags[at];
        if (tag.Name is not ("td" or "th" or "div" or "span" or "i" or "b" or "u" or "s" or "p" or "em" or "font"))
        {
            return false;
        }

        for (var next = at + 1; next < tags.Count && next <= at + 3; next++)
        {
            if (!IsEmpty(html.AsSpan(tags[next - 1].End, tags[next].Start - tags[next - 1].End)))
            {
                return false;
            }

            if (tags[next].Name == "/" + tag.Name)
            {
                closing = next;
                return true;
            }

            if (tag.Name is "td" or "th" && tags[next].Name is "td" or "th" or "tr" or "/tr" or "/table" or "/tbody")
            {
                closing = next - 1;
                return true;
            }

            if (tags[next].Name is not ("img" or "br"))
            {
                return false;
            }
        }

        return false;
    }

    private static bool IsEmpty(ReadOnlySpan<char> text)
    {
        var plain = text.Trim("\u00A0\u200B\u200C \t\r\n");
        return plain.IsEmpty || (plain.Length < 40 && plain.ToString().Replace("&nbsp;", "", StringComparison.OrdinalIgnoreCase).Replace("&#160;", "", StringComparison.Ordinal).Trim().Length == 0);
    }

    /// <summary>Cells joined over rows and columns, and rows of several heights, as single modules.</summary>
    private static List<bool[]> Modules(List<List<Cell>> rows)
    {
        var drawn = rows.Where(row => row.Count >= 3).ToList();
        if (drawn.Count == 0 || drawn.Count > DrawnGrid.Most)
        {
            return [];
        }

        var width = Smallest(drawn.SelectMany(row => row.Where(cell => cell.Columns == 1).Select(cell => cell.Width)));
        var height = Smallest(drawn.Select(row => row.Max(cell => cell.Rows == 1 ? cell.Height : 0)));
        var modules = new List<bool[]>();
        var taken = new Dictionary<(int Row, int Column), bool>();
        for (var y = 0; y < drawn.Count; y++)
        {
            var line = new List<bool>();
            foreach (var cell in drawn[y])
            {
                while (taken.Remove((y, line.Count), out var dark))
                {
                    line.Add(dark);
                }

                var across = cell.Columns > 1 ? cell.Columns : width > 0 && cell.Width > 0 ? Math.Max(1, (int)Math.Round(cell.Width / width)) : 1;
                for (var column = 0; column < across && line.Count < 2 * DrawnGrid.Most; column++)
                {
                    for (var below = 1; below < Math.Min(cell.Rows, DrawnGrid.Most); below++)
                    {
                        taken[(y + below, line.Count)] = cell.IsDark;
                    }

                    line.Add(cell.IsDark);
                }
            }

            while (taken.Remove((y, line.Count), out var dark))
            {
                line.Add(dark);
            }

            var high = drawn[y].Max(cell => cell.Rows == 1 ? cell.Height : 0);
            var times = height > 0 && high > 0 ? Math.Clamp((int)Math.Round(high / height), 1, DrawnGrid.Most) : 1;
            modules.AddRange(Enumerable.Repeat(line.ToArray(), times));
            if (modules.Count > 2 * DrawnGrid.Most)
            {
                return [];
            }
        }

        return modules;
    }

    private static double Smallest(IEnumerable<double> lengths) => lengths.Where(length => length > 0).DefaultIfEmpty(0).Min();

    private static int? Colour(Tag tag, Dictionary<string, int> classes)
    {
        if (tag.Attribute("style") is { } style && Background().Match(style) is { Success: true } match && CssColor.TryParse(match.Groups["colour"].Value, out var rgb))
        {
            return rgb;
        }

        if (tag.Attribute("bgcolor") is { } colour && CssColor.TryParse(colour, out rgb))
        {
            return rgb;
        }

        foreach (var name in (tag.Attribute("class") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (classes.TryGetValue(name, out rgb))
            {
                return rgb;
            }
        }

        return null;
    }

    private static double Length(Tag tag, string name) =>
        tag.Attribute("style") is { } style && Lengths().Matches(style).FirstOrDefault(match => match.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found
            ? Number(found.Groups["length"].Value) ?? 0
            : Number(tag.Attribute(name)) ?? 0;

    private static double? Number(string? text)
    {
        var digits = (text ?? "").AsSpan().Trim();
        var end = digits.IndexOfAnyExcept(Digits);
        return double.TryParse(end < 0 ? digits : digits[..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 10_000 ? number : null;
    }

    private static Dictionary<string, int> Classes(string html)
    {
        var classes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var rule in Rule().Matches(html).Take(MostClasses))
        {
            if (CssColor.TryParse(rule.Groups["colour"].Value, out var rgb))
            {
                classes[rule.Groups["name"].Value] = rgb;
            }
        }

        return classes;
    }

    /// <summary>Text with the line ends that a reader sees; spaces stay as they are written.</summary>
    private static string AsLines(string html, List<Tag> tags)
    {
        var text = new StringBuilder();
        var from = 0;
        foreach (var tag in tags)
        {
            text.Append(html, from, Math.Max(0, tag.Start - from));
            if (tag.Name is "br" or "/p" or "/div" or "/tr" or "/li" or "p" or "div")
            {
                text.Append('\n');
            }

            from = Math.Max(from, tag.End);
        }

        return WebUtility.HtmlDecode(text.Append(html, from, html.Length - from).ToString());
    }

    [GeneratedRegex(@"background(?:-color)?\s*:\s*(?<colour>[^;]{1,60})", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Background();

    [GeneratedRegex(@"(?<![\w-])(?<name>width|height)\s*:\s*(?<length>[\d.]{1,8})", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Lengths();

    [GeneratedRegex(@"\.(?<name>[\w-]{1,40})\s*\{[^{}]{0,200}?background(?:-color)?\s*:\s*(?<colour>[^;}]{1,60})", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Rule();

    /// <param name="Name">Lower case; end tags begin with a slash.</param>
    private readonly record struct Tag(string Name, int Start, int End, string Attributes)
    {
        public string? Attribute(string name)
        {
            for (var at = Attributes.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = Attributes.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
            {
                var value = Attributes.AsSpan(at + name.Length).TrimStart();
                if (at > 0 && char.IsWhiteSpace(Attributes[at - 1]) && value.StartsWith("="))
                {
                    value = value[1..].TrimStart();
                    var quote = value.Length > 0 && value[0] is '"' or '\'' ? value[0] : ' ';
                    value = quote == ' ' ? value : value[1..];
                    var end = value.IndexOf(quote);
                    return (end < 0 ? value : value[..end]).ToString();
                }
            }

            return null;
        }
    }

    private readonly record struct Cell(int Rgb, double Width, double Height, int Columns, int Rows)
    {
        public bool IsDark => (((Rgb >> 16) & 255) * 77) + (((Rgb >> 8) & 255) * 151) + ((Rgb & 255) * 28) < 128 * 256;
    }
}
