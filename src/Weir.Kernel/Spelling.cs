namespace Weir.Kernel;

/// <summary>What somebody who wrote an unknown word may have meant.</summary>
public static class Spelling
{
    /// <summary>The candidate that is the fewest edits away, without case; the first in ordinal order of equals; nothing when there is no candidate.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates) =>
        candidates.Order(StringComparer.Ordinal).MinBy(candidate => Distance(candidate.ToLowerInvariant(), word.ToLowerInvariant()));

    /// <summary>Levenshtein distance.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
            }
        }

        return row[b.Length];
    }
}
