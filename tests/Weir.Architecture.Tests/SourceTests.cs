using System.Text.RegularExpressions;

namespace Weir.Architecture.Tests;

public sealed partial class SourceTests
{
    public static IEnumerable<string> Sources =>
        System.IO.Directory.EnumerateFiles(Path.Combine(Rooms.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/Migrations/", StringComparison.Ordinal));

    [Fact]
    public void No_class_is_named_Manager_Helper_Util_or_Processor()
    {
        var named = Sources.SelectMany(path => VagueName().Matches(File.ReadAllText(path)).Select(match => $"{Path.GetFileName(path)}: {match.Value}"));

        Assert.Empty(named);
    }

    [Fact]
    public void No_file_is_longer_than_400_lines()
    {
        var tooLong = Sources.Select(path => (Path: Path.GetRelativePath(Rooms.Root, path), Lines: File.ReadLines(path).Count())).Where(file => file.Lines > 400);

        Assert.Empty(tooLong);
    }

    [Fact]
    public void Nothing_is_left_unfinished()
    {
        var marks = Sources.Where(path => Unfinished().IsMatch(File.ReadAllText(path))).Select(path => Path.GetRelativePath(Rooms.Root, path));

        Assert.Empty(marks);
    }

    [Fact]
    public void Front_end_packages_name_no_registry() =>
        Assert.DoesNotContain("\"resolved\"", File.ReadAllText(Path.Combine(Rooms.Root, "src", "Weir.Portal", "package-lock.json")), StringComparison.Ordinal);

    [GeneratedRegex(@"\bclass \w*(?:Manager|Helper|Util|Utils|Processor)\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex VagueName();

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Unfinished();
}
