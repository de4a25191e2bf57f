using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Weir.Sample.Writing;

/// <summary>The texts of one language, put together sentence by sentence.</summary>
internal sealed class Phrases
{
    private static readonly ConcurrentDictionary<string, Phrases> Known = new(StringComparer.Ordinal);
    private static readonly string[] Ships = ["MV Solveig", "MV Aurelie", "Hull 214", "Hull 219", "FS Brunswik", "MS Hela", "Tug Corvin", "Hull 221"];

    private readonly Dictionary<string, List<string>> _words = new(StringComparer.Ordinal);
    private readonly List<Topic> _topics = [];

    private Phrases(string language)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Weir.Sample.Texts.{language}.txt")
            ?? throw new InvalidOperationException($"no texts for {language}");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var words = new List<string>();
        (string Name, string Use, string Attachment)? topic = null;
        List<string> subjects = [], lines = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('@'))
            {
                Close();
                var parts = line[1..].Split(' ');
                topic = parts[0] == "topic" ? (parts[1], parts[2], parts.Length > 3 ? parts[3] : "") : null;
                words = [];
                if (topic is null)
                {
                    _words[parts[0]] = words;
                }
            }
            else if (line.StartsWith("subject: ", StringComparison.Ordinal))
            {
                subjects.AddRange(line["subject: ".Length..].Split(" | "));
            }
            else if (line.Length > 0)
            {
                (topic is null ? words : lines).Add(line);
            }
        }

        Close();
        void Close()
        {
            if (topic is { } open)
            {
                _topics.Add(new Topic(open.Name, open.Use, open.Attachment, subjects, lines));
            }

            (topic, subjects, lines) = (null, [], []);
        }
    }

    public static Phrases In(string language) => Known.GetOrAdd(language, static name => new Phrases(name));

    public Topic Topic(Dice dice, string use) => dice.Pick(_topics.Where(topic => topic.Use == use).ToList());

    public Topic Named(string name) => _topics.First(topic => topic.Name == name);

    public string Greeting(Dice dice) => dice.Pick(_words["greeting"]);

    public string Closing(Dice dice) => dice.Pick(_words["closing"]);

    /// <summary>Values for the slots of one conversation: they stay the same in all its mails.</summary>
    public Dictionary<string, string> Slots(Dice dice, DateTimeOffset at, string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        var day = at.AddDays(dice.Between(2, 12));
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["order"] = FormattableString.Invariant($"{dice.Between(41, 48)}{dice.Between(10000, 99999)}"),
            ["week"] = ISOWeek.GetWeekOfYear(day.DateTime).ToString(CultureInfo.InvariantCulture),
            ["date"] = day.ToString(language == "en" ? "d MMMM" : "dd.MM.yyyy", language == "en" ? CultureInfo.InvariantCulture : culture),
            ["weekday"] = culture.DateTimeFormat.GetDayName(day.AddDays(day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 2 : 0).DayOfWeek),
            ["time"] = FormattableString.Invariant($"{dice.Between(8, 16)}:{dice.Pick<string>(["00", "15", "30"])}"),
            ["goods"] = dice.Pick(_words["goods"]),
            ["place"] = dice.Pick(_words["place"]),
            ["ship"] = dice.Pick(Ships),
            ["project"] = FormattableString.Invariant($"NB-{dice.Between(210, 229)}"),
            ["qty"] = dice.Between(4, 96).ToString(CultureInfo.InvariantCulture),
            ["amount"] = dice.Between(900, 89_000).ToString("N0", language == "en" ? CultureInfo.InvariantCulture : culture) + ".00",
        };
    }

    /// <summary>The sentences of a topic, some left out, with the slots filled.</summary>
    public static List<string> Sentences(Dice dice, Topic topic, IReadOnlyDictionary<string, string> slots)
    {
        var sentences = new List<string>();
        foreach (var line in topic.Lines)
        {
            var choice = dice.Pick(line.Split(" | "));
            var isOptional = line.StartsWith('?');
            if (!isOptional || dice.Chance(0.45))
            {
                sentences.Add(Fill(choice.StartsWith("? ", StringComparison.Ordinal) ? choice[2..] : choice, slots));
            }
        }

        return sentences;
    }

    public static string Fill(string text, IReadOnlyDictionary<string, string> slots)
    {
        var result = new StringBuilder(text.Length + 32);
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '{' && text.IndexOf('}', at) is > 0 and var end && slots.TryGetValue(text[(at + 1)..end], out var value))
            {
                result.Append(value);
                at = end + 1;
            }
            else
            {
                result.Append(text[at++]);
            }
        }

        return result.ToString();
    }
}

/// <summary>What a mail can be about.</summary>
/// <param name="Use"><c>external</c>, <c>internal</c>, <c>bulk</c> or <c>reply</c>.</param>
/// <param name="Attachment"><c>pdf</c>, <c>docx</c>, <c>ics</c>, <c>png</c> or empty.</param>
/// <param name="Lines">Sentences in order; each is a choice, and one that begins with ? may be left out.</param>
internal sealed record Topic(string Name, string Use, string Attachment, IReadOnlyList<string> Subjects, IReadOnlyList<string> Lines);
