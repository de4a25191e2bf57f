using System.Globalization;
using System.Text;
using Weir.Detection.Facts.Text;

namespace Weir.Detection.Tests.Conformance;

/// <summary>Each row of Unicode's table of confusables says that two texts look alike.</summary>
public sealed class ConfusablesSuiteTests
{
    private const string Decomposed = "a letter with a mark counts as the letter: the skeleton decomposes first (UTS #39 §4)";
    private const string NoLetter = "punctuation that is in no domain";

    /// <summary>Rows that are known to fail, by the character, and why.</summary>
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["0060"] = NoLetter,
        ["1FEF"] = NoLetter,
        ["0022"] = NoLetter,
        ["0025"] = NoLetter,
        ["03B2"] = "beta is taken for b, and ß is ss in German names",
        ["0623"] = Decomposed,
        ["0624"] = Decomposed,
        ["0626"] = Decomposed,
        ["0146"] = Decomposed,
        ["01A1"] = Decomposed,
        ["01A0"] = Decomposed,
        ["0163"] = Decomposed,
        ["021B"] = Decomposed,
        ["00F6"] = Decomposed,
        ["1FF6"] = Decomposed,
    };

    [Fact]
    public void Confusable_characters_have_one_skeleton()
    {
        List<string> failed = [], unstable = [], passing = [];
        var count = 0;
        foreach (var line in File.ReadLines(Path.Combine(SharedData.Folder("suites/unicode-confusables"), "confusables.txt")))
        {
            var row = line.Split('#')[0].Split(';', StringSplitOptions.TrimEntries);
            if (row.Length < 3)
            {
                continue;
            }

            count++;
            var (source, target) = (Text(row[0]), Text(row[1]));
            var (actual, expected) = (Confusables.Skeleton(source), Confusables.Skeleton(target));
            if (actual == expected && Known.ContainsKey(row[0]))
            {
                passing.Add(row[0]);
            }
            else if (actual != expected && !Known.ContainsKey(row[0]))
            {
                failed.Add($"{row[0]} {source} is {actual}, {row[1]} {target} is {expected}");
            }

            if (Confusables.Skeleton(actual) != actual)
            {
                unstable.Add($"{row[0]} {source} is {actual} and then {Confusables.Skeleton(actual)}");
            }
        }

        Assert.True(SharedData.IsOther || count > 6_000);
        Assert.Equal(("", "", ""), (string.Join('\n', failed), string.Join('\n', unstable), string.Join('\n', passing)));
    }

    private static string Text(string codes) =>
        string.Concat(codes.Split(' ').Select(code => new Rune(int.Parse(code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString()));
}
