using System.Text;

namespace Weir.Sample.Twins;

/// <summary>What is done to words so that people read them and filters do not.</summary>
internal static class Tricks
{
    private static readonly string[] Unseen = ["\u200B", "\u200C", "\u2060", "\u00AD", "\uFEFF"];
    private static readonly string[] Placeholders = ["{{first_name}}", "[[-Email-]]", "##email##", "%recipient%", "{{ contact.FIRSTNAME }}", "[FNAME]", "$user", "*|FNAME|*", "-VICTIM-", "{email}", "<<Name>>", "[-EMAILUSER-]", "((username))"];

    /// <summary>A field of a template that nobody filled.</summary>
    public static string Placeholder(Dice dice) => dice.Pick(Placeholders);

    public static string ZeroWidth(Dice dice, string text)
    {
        var (result, unseen) = (new StringBuilder(text.Length * 2), dice.Pick(Unseen));
        for (var at = 0; at < text.Length; at++)
        {
            result.Append(text[at]);
            if (at + 1 < text.Length && char.IsLetter(text[at]) && char.IsLetter(text[at + 1]) && dice.Chance(0.22))
            {
                result.Append(unseen);
            }
        }

        return result.ToString();
    }

    /// <summary>Letters of another alphabet that look the same.</summary>
    public static string Homoglyphs(Dice dice, string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            result.Append(dice.Chance(0.3) ? Alike(letter) : letter);
        }

        return result.ToString();
    }

    /// <summary>Digits for letters, as old spam writes.</summary>
    public static string Digits(Dice dice, string text)
    {
        var words = text.Split(' ');
        for (var at = 0; at < words.Length; at++)
        {
            if (words[at].Length > 4 && dice.Chance(0.25))
            {
                words[at] = words[at].Replace('o', '0').Replace('l', dice.Chance(0.5) ? '1' : 'I').Replace('a', dice.Chance(0.5) ? '@' : 'a');
            }
        }

        return string.Join(' ', words);
    }

    /// <summary>Something in the subject that differs in every copy.</summary>
    public static string Tagged(Dice dice, string subject, Recipients to) => dice.Below(8) switch
    {
        0 => $"{subject} [{dice.Word(6).ToUpperInvariant()}]",
        1 => $"{subject} #{dice.Between(10_000, 9_999_999)}",
        2 => $"{subject} {to.Address}",
        3 => $"{to.Local}: {subject}",
        4 => $"{subject} - Ref:{dice.Word(10)}",
        5 => $"{subject}   {dice.Word(5)}",
        6 => $"FW: {subject} ({dice.Between(1, 28)}/{dice.Between(1, 12)})",
        _ => $"{to.Domain} - {subject}",
    };

    private static char Alike(char letter) => letter switch
    {
        'a' => 'а', 'e' => 'е', 'o' => 'о', 'p' => 'р', 'c' => 'с', 'i' => 'і', 'x' => 'х', 'y' => 'у', 's' => 'ѕ',
        'A' => 'А', 'B' => 'В', 'E' => 'Е', 'K' => 'К', 'M' => 'М', 'H' => 'Н', 'O' => 'О', 'P' => 'Р', 'C' => 'С', 'T' => 'Т', 'X' => 'Х',
        _ => letter,
    };
}
