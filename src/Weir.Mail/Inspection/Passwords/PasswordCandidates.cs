using System.Text.RegularExpressions;

namespace Weir.Mail.Inspection.Passwords;

/// <summary>What in a message may be the password of its attachment: what follows a word for it in many languages, and what stands in quotes.</summary>
internal static partial class PasswordCandidates
{
    public const int Most = 24;

    private const int LongestText = 100_000;
    private const int LongestPassword = 64;
    private const int WordsAfter = 8;

    /// <summary>Words that stand between "password" and the password.</summary>
    private static readonly HashSet<string> Fillers = new(
        [
            "is", "the", "for", "this", "to", "of", "your", "file", "files", "archive", "attachment", "attached", "document", "zip", "rar", "open", "opening", "use", "please", "below", "following", "and", "in", "it", "with", "a", "an", "as", "will", "be",
            "ist", "lautet", "für", "fuer", "das", "die", "den", "der", "dem", "datei", "archiv", "anhang", "dokument", "zum", "zur", "öffnen", "lauten", "und", "mit", "bitte", "folgende", "folgendes",
            "est", "le", "la", "les", "du", "de", "pour", "fichier", "pièce", "jointe", "ouvrir", "suivant", "passe",
            "es", "el", "los", "para", "del", "archivo", "abrir", "adjunto", "siguiente", "documento", "é", "è", "arquivo", "per", "il", "file:", "dell", "allegato", "voor", "het", "bestand", "do", "pliku", "к", "архиву", "для",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>In the order in which they are tried, each once.</summary>
    public static IReadOnlyList<string> Of(string subject, string text)
    {
        var found = new List<string>();
        foreach (var source in (string[])[subject, text.Length > LongestText ? text[..LongestText] : text])
        {
            foreach (var match in Named().EnumerateMatches(source))
            {
                Following(source[(match.Index + match.Length)..Math.Min(source.Length, match.Index + match.Length + 160)], found);
            }
        }

        foreach (Match match in Quoted().Matches(text.Length > LongestText ? text[..LongestText] : text))
        {
            Add(match.Groups["text"].Value, found);
        }

        return found;
    }

    /// <summary>The first words after it that are no filler; what looks made up (digits, signs) goes before words.</summary>
    private static void Following(string after, List<string> found)
    {
        var words = after.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(WordsAfter)
            .Select(word => word.Trim('"', '\'', '“', '”', '„', '«', '»', '‘', '’', '`', '<', '>', '(', ')', '[', ']', ':', '=', ','))
            .Where(word => word.Length > 0 && !Fillers.Contains(word.TrimEnd('.')))
            .ToList();
        foreach (var word in words.Where(word => word.Any(char.IsAsciiDigit)).Concat(words).Take(6))
        {
            Add(word, found);
            Add(word.TrimEnd('.', ';', '!', '?'), found);
        }
    }

    private static void Add(string word, List<string> found)
    {
        if (word.Length is > 1 and <= LongestPassword && found.Count < Most && !found.Contains(word, StringComparer.Ordinal))
        {
            found.Add(word);
        }
    }

    [GeneratedRegex(@"(\bpass\s?(word|code|phrase|wd)\b|\bpwd\b|\bpw\b|\bpass\b|\bpin\b|\bpasswor[dt]\b|\bkennwort\b|\bzugangscode\b|\bcode\b|mot de passe|contrase[nñ]a|\bclave\b|\bsenha\b|\bparola\b|\bwachtwoord\b|\bhas[lł]o\b|\bl[oö]senord|\badgangskode|\bpassord|парол\w{0,3}|密码|密碼|パスワード|şifre|heslo|jelszó|salasana)[^\S\n]{0,3}", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Named();

    [GeneratedRegex(@"[""“”„«‘'`](?<text>[^\s""“”„«»‘’'`]{3,40})[""“”»’'`]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();
}
