using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using Weir.Sample.Contracts;

namespace Weir.Sample.Twins;

/// <summary>
/// The texts of one language. <c>@theme NAME ham|phish|spam service|personal KINDS</c> opens a theme, any other <c>@name</c> a list of words.
/// A line is a choice of sentences (<c>|</c>); before it <c>=</c> means honest only, <c>!</c> twin only, <c>?</c> may be left out.
/// <c>subject:</c>, <c>button:</c>, <c>rows:</c> (<c>name=value; …</c>) and <c>from:</c> (a role) are no sentences; <c>subject!:</c> is the twin's.
/// </summary>
internal sealed class TwinTexts
{
    private static readonly ConcurrentDictionary<string, TwinTexts> Known = new(StringComparer.Ordinal);
    private static readonly string[] Parts = ["subject", "button", "rows", "from"];

    private readonly Dictionary<string, List<string>> _words = new(StringComparer.Ordinal);
    private readonly List<TwinTheme> _themes = [];

    private TwinTexts(string language)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Weir.Sample.Texts.twins.{language}.txt")
            ?? throw new InvalidOperationException($"no texts for {language}");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        List<string> words = [];
        List<TwinLine>? lines = null;
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith("@theme ", StringComparison.Ordinal))
            {
                lines = [];
                var parts = line.Split(' ');
                _themes.Add(new TwinTheme(
                    parts[1], language, Enum.Parse<SampleLabel>(parts[2], ignoreCase: true), parts[3] == "personal", parts.Length > 4 ? parts[4].Split(',') : [], lines));
            }
            else if (line.StartsWith('@'))
            {
                lines = null;
                _words[line[1..]] = words = [];
            }
            else if (line.Length > 0)
            {
                if (lines is null)
                {
                    words.Add(line);
                }
                else
                {
                    lines.Add(LineOf(line));
                }
            }
        }
    }

    public static IReadOnlyList<string> Languages { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith("Weir.Sample.Texts.twins.", StringComparison.Ordinal))
            .Select(name => name.Split('.')[^2]).Order(StringComparer.Ordinal),
    ];

    public IReadOnlyList<TwinTheme> Themes => _themes;

    public static TwinTexts In(string language) => Known.GetOrAdd(language, static name => new TwinTexts(name));

    public IReadOnlyList<string> Words(string list) => _words[list];

    private static TwinLine LineOf(string line)
    {
        var (use, isOptional, at) = (' ', false, 0);
        for (; at < line.Length && line[at] is '=' or '!' or '?' or ' '; at++)
        {
            use = line[at] is '=' or '!' ? line[at] : use;
            isOptional |= line[at] == '?';
        }

        line = line[at..];
        foreach (var part in Parts)
        {
            if (line.StartsWith(part, StringComparison.Ordinal) && line.IndexOf(':', StringComparison.Ordinal) is var colon && (colon == part.Length || (colon == part.Length + 1 && line[part.Length] is '=' or '!')))
            {
                return new TwinLine(part, colon > part.Length ? line[part.Length] : use, isOptional, Choices(line[(colon + 1)..]));
            }
        }

        return new TwinLine("", use, isOptional, Choices(line));
    }

    /// <summary>The marks may stand before every choice, which reads better.</summary>
    private static string[] Choices(string line) => [.. line.Split(" | ").Select(choice => choice.TrimStart('?', '!', '=', ' '))];
}
