using System.Text;

namespace Weir.Sample.Twins;

/// <summary>A letter as plain text.</summary>
internal static class PlainLayout
{
    public static string Write(Letter letter, Form form)
    {
        var text = new StringBuilder();
        Paragraph(text, letter.Greeting);
        foreach (var paragraph in Paragraphs(letter, form))
        {
            Paragraph(text, form.Order % 3 == 0 ? Wrapped(paragraph) : paragraph);
        }

        foreach (var (name, value) in letter.Rows)
        {
            text.Append(name).Append(": ").Append(value).Append('\n');
        }

        Paragraph(text, letter.Rows.Count > 0 ? "\n" : "");
        if (letter.Link.Length > 0)
        {
            Paragraph(text, letter.Button.Length == 0 ? letter.Link : (form.Order % 4) switch { 0 => $"{letter.Button}: {letter.Link}", 1 => $"{letter.Button} <{letter.Link}>", 2 => $"{letter.Button}\n{letter.Link}", _ => $"{letter.Button} [{letter.Link}]" });
        }

        Paragraph(text, letter.Closing);
        if (form.HasFooter)
        {
            Paragraph(text, (form.Order & 8) == 0 ? "--\n" + letter.Footer : letter.Footer);
        }

        foreach (var (name, url) in letter.SideLinks)
        {
            text.Append(name).Append(' ').Append(url).Append('\n');
        }

        Paragraph(text, letter.Unsubscribe.Length > 0 ? $"{letter.UnsubscribeText}: {letter.Unsubscribe}" : "");
        text.Append(letter.Quoted.Length > 0 ? "\n> " + letter.Quoted.Replace("\n", "\n> ", StringComparison.Ordinal) + "\n" : "");
        return text.ToString();
    }

    /// <summary>Sentences in paragraphs of one to three.</summary>
    public static IEnumerable<string> Paragraphs(Letter letter, Form form)
    {
        for (var (at, step) = (0, 1 + (form.Order >> 4) % 3); at < letter.Sentences.Count; at += step, step = 1 + (form.Order >> (4 + (at % 5))) % 3)
        {
            yield return string.Join(' ', letter.Sentences.Skip(at).Take(step));
        }
    }

    private static void Paragraph(StringBuilder text, string paragraph)
    {
        if (paragraph.Length > 0)
        {
            text.Append(paragraph.Trim('\n')).Append("\n\n");
        }
    }

    private static string Wrapped(string text)
    {
        var (result, column) = (new StringBuilder(), 0);
        foreach (var word in text.Split(' '))
        {
            if (column > 0 && column + word.Length > 74)
            {
                result.Append('\n');
                column = 0;
            }
            else if (column > 0)
            {
                result.Append(' ');
            }

            result.Append(word);
            column += word.Length + 1;
        }

        return result.ToString();
    }
}
