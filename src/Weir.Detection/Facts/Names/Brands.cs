using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Weir.Detection.Facts.Text;

namespace Weir.Detection.Facts.Names;

/// <summary>Well-known brands, from <c>Lists/brands.txt</c>: <c>name, other name = domain domain</c>; a leading <c>?</c> marks a common word.</summary>
internal static partial class Brands
{
    private static readonly FrozenDictionary<string, Brand[]> ByFirstWord;

    static Brands()
    {
        All = [.. FactLists.Lines("brands.txt").Select(Parse)];
        ByFirstWord = All
            .SelectMany(brand => brand.Names.Select(name => (First: name.Split(' ')[0], Brand: brand)))
            .GroupBy(pair => pair.First, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.Select(pair => pair.Brand).Distinct().ToArray(), StringComparer.Ordinal);
    }

    public static IReadOnlyList<Brand> All { get; }

    /// <summary>Some brand is at home at this host.</summary>
    public static bool IsHome(string host)
    {
        foreach (var brand in All)
        {
            if (brand.IsAtHome(host))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The brands whose name stands in a text, as whole words.</summary>
    public static IReadOnlyList<Brand> In(string text)
    {
        if (text.Length == 0)
        {
            return [];
        }

        var beginning = text.Length > 400 ? text[..400] : text;
        List<Brand>? found = null;
        Add(beginning, ref found);
        // Words written together: SupportNetflix, DHLKundenservice.
        if (TogetherWritten().IsMatch(beginning))
        {
            Add(TogetherWritten().Replace(beginning, "${end} ${next}"), ref found);
        }

        return found ?? (IReadOnlyList<Brand>)[];
    }

    private static void Add(string text, ref List<Brand>? found)
    {
        var words = Confusables.Latin(text).Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < words.Length; i++)
        {
            if (!ByFirstWord.TryGetValue(words[i], out var brands))
            {
                continue;
            }

            foreach (var brand in brands)
            {
                if (found?.Contains(brand) != true && brand.Names.Any(name => Follows(words, i, name)))
                {
                    (found ??= []).Add(brand);
                }
            }
        }
    }

    [GeneratedRegex(@"(?<end>\p{Ll})(?<next>\p{Lu})|(?<end>\p{Lu}\p{Lu})(?<next>\p{Lu}\p{Ll})", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex TogetherWritten();

    private static readonly char[] Separators = [.. Enumerable.Range(0, 128).Select(c => (char)c).Where(c => !char.IsLetterOrDigit(c)), '\u00A0', '®', '™', '–', '—', '’', '“', '”', '•', '·', '|', '：', '…'];

    private static bool Follows(string[] words, int at, string name)
    {
        var parts = name.Split(' ');
        if (at + parts.Length > words.Length)
        {
            return false;
        }

        for (var i = 0; i < parts.Length; i++)
        {
            if (words[at + i] != parts[i])
            {
                return false;
            }
        }

        return true;
    }

    private static Brand Parse(string line)
    {
        var sides = line.Split('=', 2);
        var common = sides[0].StartsWith('?');
        return new Brand(
            [.. sides[0].TrimStart('?').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Confusables.Latin)],
            sides[1].Split(' ', StringSplitOptions.RemoveEmptyEntries),
            common);
    }
}

/// <summary>A name that frauds borrow.</summary>
/// <param name="Names">What people call it; folded words joined by spaces.</param>
/// <param name="Domains">Where it is at home.</param>
/// <param name="IsCommonWord">The name is also an ordinary word, so it counts only when it is the whole sender name or stands beside a giveaway.</param>
internal sealed record Brand(IReadOnlyList<string> Names, IReadOnlyList<string> Domains, bool IsCommonWord)
{
    /// <summary>Taken apart once: each is compared with every domain of every message.</summary>
    public IReadOnlyList<KnownDomain> Known { get; } = [.. Domains.Select(KnownDomain.Of)];

    public string Name => Names[0];

    public bool IsAtHome(string host)
    {
        foreach (var domain in Domains)
        {
            if (Facts.Domains.IsWithin(host, domain))
            {
                return true;
            }
        }

        // Country sites of one name: amazon.pl, dhl.com.br.
        return Known.Count > 0 && host.Contains(Known[0].Name, StringComparison.Ordinal) && Facts.Domains.Name(host) == Known[0].Name && !KnownHosts.IsSharedHosting(host);
    }
}
