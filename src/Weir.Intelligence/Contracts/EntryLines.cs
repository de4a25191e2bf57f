using System.Globalization;
using Weir.Intelligence.Lists;

namespace Weir.Intelligence.Contracts;

/// <summary>Entries as text: one a line, <c>#</c> begins a note.</summary>
/// <remarks><code>
/// block sender mallory@evil.example              # sent invoices
/// allow domain partner.example expires 2026-12-01
/// block domain *.zip expires never
/// block url https://evil.example/login
/// block url-domain evil.example
/// block sha256 275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f
/// block ip 192.0.2.0/24
/// allow spoof weir.example, mailer.example
/// mallory@evil.example
/// </code></remarks>
public static class EntryLines
{
    /// <summary>Characters of a line that are read.</summary>
    public const int LongestLine = 4_000;

    private static readonly (string Word, EntryKind Kind)[] Kinds =
    [
        ("sender", EntryKind.Sender), ("domain", EntryKind.SenderDomain), ("url", EntryKind.Url), ("url-domain", EntryKind.UrlDomain),
        ("sha256", EntryKind.FileHash), ("ip", EntryKind.IpAddress), ("spoof", EntryKind.Spoof),
    ];

    /// <summary>Every word for a kind.</summary>
    public static IReadOnlyList<string> KindWords { get; } = [.. Kinds.Select(kind => kind.Word)];

    public static string Word(EntryKind kind) => Array.Find(Kinds, each => each.Kind == kind).Word;

    public static EntryKind? KindOf(string word) => Array.FindIndex(Kinds, each => each.Word == word) is >= 0 and var i ? Kinds[i].Kind : null;

    /// <summary>A value as it is kept; nothing when it is none of this kind.</summary>
    public static string? Spelled(EntryKind kind, string value) => EntryValue.Read(kind, value) is { Problem: null, Value: var kept } ? kept : null;

    /// <summary>An entry as a line that can be read again.</summary>
    public static string Write(ListedEntry entry)
    {
        var expiry = entry.UnusedDays is { } days ? string.Create(CultureInfo.InvariantCulture, $"unused {days}d")
            : entry.Expires is { } at ? $"expires {at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}"
            : "expires never";
        var note = HiddenLetters.Without(entry.Entry.Note);
        return $"{(entry.Entry.IsAllow ? "allow" : "block")} {Word(entry.Entry.Kind)} {entry.Entry.Value} {expiry}{(note.Length > 0 ? $" # {note}" : "")}";
    }

    /// <summary>Every line that says something: its number, its text, and what was read of it or why nothing.</summary>
    public static IEnumerable<(int Number, string Text, EntryDraft? Draft, string? Problem)> Read(string text, EntryDefaults defaults)
    {
        var number = 0;
        using var reader = new StringReader(text);
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length > LongestLine)
            {
                yield return (number, line[..LongestLine], null, $"A line has at most {LongestLine:N0} characters.");
                continue;
            }

            var (content, note) = SplitNote(line.Trim('\uFEFF'));
            if (content.Length > 0)
            {
                var (draft, problem) = ReadLine(content, note, defaults);
                yield return (number, line, draft, problem);
            }
        }
    }

    private static (string Content, string Note) SplitNote(string line)
    {
        // A # inside a URL is its fragment; a note stands at the start or after white space.
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '#' && (i == 0 || char.IsWhiteSpace(line[i - 1])))
            {
                return (line[..i].Trim(), line[(i + 1)..].Trim());
            }
        }

        return (line.Trim(), "");
    }

    private static (EntryDraft? Draft, string? Problem) ReadLine(string content, string note, EntryDefaults defaults)
    {
        var words = content.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToList();
        var isAllow = defaults.IsAllow;
        var kind = defaults.Kind;
        if (words[0] is "block" or "allow")
        {
            isAllow = words[0] == "allow";
            words.RemoveAt(0);
            if (words.Count < 2 || KindOf(words[0]) is not { } named)
            {
                return (null, $"Write: block|allow {string.Join('|', KindWords)} VALUE [expires YYYY-MM-DD|never] [unused 45d] [# note].");
            }

            kind = named;
            words.RemoveAt(0);
        }

        var expiry = defaults.Expiry;
        if (words.Count > 2 && words[^2] is "expires" or "unused")
        {
            if (Expiry(words[^2], words[^1]) is not { } read)
            {
                return (null, $"\"{words[^1]}\" is not a date; write it as 2026-12-01.");
            }

            expiry = read;
            words.RemoveRange(words.Count - 2, 2);
        }

        if (words.Count > 1 && !(kind == EntryKind.Spoof || words[0].EndsWith(',') || words[0].StartsWith('"')))
        {
            return (null, $"\"{words[1]}\" is not known after the value; only \"expires YYYY-MM-DD\" may follow.");
        }

        // A pair that was copied from a command still has its quotes.
        var value = string.Join(' ', words).Trim('"');
        var guessed = kind ?? EntryValue.KindOf(value);
        return EntryValue.Read(guessed, value) is { Problem: { } problem }
            ? (null, problem)
            : (new EntryDraft(guessed, EntryValue.Read(guessed, value).Value, isAllow, expiry, note.Length > 0 ? note : defaults.Note) { Source = defaults.Source }, null);
    }

    private static EntryExpiry? Expiry(string word, string value) =>
        word == "unused"
            ? int.TryParse(value.TrimEnd('d'), NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? EntryExpiry.AfterUnused(days) : null
            : value == "never" ? EntryExpiry.Never
            : DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? EntryExpiry.Through(day)
            : DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? EntryExpiry.On(at)
            : null;
}
