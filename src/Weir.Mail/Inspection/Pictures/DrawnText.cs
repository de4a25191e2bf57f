namespace Weir.Mail.Inspection.Pictures;

/// <summary>Codes drawn with characters: block elements, squares, Braille, or any one sign and spaces.</summary>
internal static class DrawnText
{
    /// <summary>Characters of blocks from which a text is looked at.</summary>
    public const int LeastBlocks = 100;

    private const int MostLines = 5_000;
    private static readonly System.Buffers.SearchValues<char> Squares = System.Buffers.SearchValues.Create("⬛⬜■□◼◻");

    /// <summary>True when text may hold such a drawing. Cheap: most text does not.</summary>
    public static bool MayHold(string text)
    {
        var blocks = 0;
        foreach (var c in text)
        {
            if (IsBlock(c) && ++blocks >= LeastBlocks)
            {
                return true;
            }
        }

        return LinesOfOneSign(text);
    }

    public static IReadOnlyList<string> Read(string text)
    {
        var lines = text.Split('\n', MostLines);
        for (var start = 0; start < lines.Length;)
        {
            var end = start;
            while (end < lines.Length && IsDrawn(lines[end]))
            {
                end++;
            }

            // Half blocks hold two rows in a line.
            if (end - start >= 6 && Of(lines[start..end]) is { Count: > 0 } found)
            {
                return found;
            }

            start = end + 1;
        }

        return [];
    }

    private static IReadOnlyList<string> Of(string[] lines)
    {
        var trimmed = Array.ConvertAll(lines, line => line.TrimEnd('\r', ' '));
        // Squares as large as a line is high are written with two UTF-16 units or are wide.
        var isSquare = Array.Exists(trimmed, line => line.AsSpan().IndexOfAny(Squares) >= 0 || line.Contains('\uD83D', StringComparison.Ordinal));
        var rows = trimmed.SelectMany(line => Rows(line, isSquare)).ToList();
        return isSquare
            ? DrawnGrid.Read(rows, 4, 4)
            : DrawnGrid.Read(rows, 4, 4) is { Count: > 0 } found ? found
            // Full blocks in pairs: a line is twice as high as a character is wide.
            : DrawnGrid.Read([.. trimmed.Select(Single)], 2, 4) is { Count: > 0 } pairs ? pairs
            : DrawnGrid.Read([.. trimmed.Select(Single)], 4, 4);
    }

    /// <summary>A line as the rows that it draws: two for half blocks, four for Braille.</summary>
    private static IEnumerable<bool[]> Rows(string line, bool isSquare)
    {
        if (isSquare)
        {
            yield return [.. line.EnumerateRunes().Where(rune => rune.Value is not (0xFE0E or 0xFE0F)).Select(rune => rune.Value is '⬛' or '■' or '◼' or '█' or 0x1F532 or 0x1F5A4)];
            yield break;
        }

        if (line.AsSpan().IndexOfAnyInRange('\u2800', '\u28FF') >= 0)
        {
            for (var row = 0; row < 4; row++)
            {
                yield return [.. line.SelectMany(c => Braille(c, row))];
            }

            yield break;
        }

        var isQuadrant = line.AsSpan().IndexOfAnyInRange('\u2596', '\u259F') >= 0 || line.AsSpan().IndexOfAny('▌', '▐') >= 0;
        yield return [.. line.SelectMany(c => Half(c, 0, isQuadrant))];
        yield return [.. line.SelectMany(c => Half(c, 1, isQuadrant))];
    }

    private static bool[] Braille(char c, int row)
    {
        var dots = c is >= '\u2800' and <= '\u28FF' ? c - 0x2800 : 0;
        return row == 3 ? [(dots & 0x40) != 0, (dots & 0x80) != 0] : [(dots & (1 << row)) != 0, (dots & (8 << row)) != 0];
    }

    /// <summary>The upper or lower half of a block element, as one module, or two where quarters are used.</summary>
    private static bool[] Half(char c, int half, bool isQuadrant)
    {
        // Bits: upper left, upper right, lower left, lower right.
        var bits = c switch
        {
            '█' => 15,
            '▀' => 3,
            '▄' => 12,
            '▌' => 5,
            '▐' => 10,
            '▘' => 1,
            '▝' => 2,
            '▖' => 4,
            '▗' => 8,
            '▚' => 9,
            '▞' => 6,
            '▛' => 7,
            '▜' => 11,
            '▙' => 13,
            '▟' => 14,
            _ => 0,
        };
        var (left, right) = ((bits & (half == 0 ? 1 : 4)) != 0, (bits & (half == 0 ? 2 : 8)) != 0);
        return isQuadrant ? [left, right] : [left && right];
    }

    /// <summary>Each character one module: anything but paper is dark.</summary>
    private static bool[] Single(string line) => [.. line.Select(c => c is not (' ' or '\u00A0' or '.' or '░' or '\u3000' or '0' or '_' or '-'))];

    private static bool IsBlock(char c) => c is >= '\u2580' and <= '\u259F' or >= '\u2800' and <= '\u28FF' or '■' or '□' or '◼' or '◻' or '⬛' or '⬜';

    /// <summary>A line that draws: long enough, of few different signs.</summary>
    private static bool IsDrawn(string line)
    {
        var plain = line.AsSpan().TrimEnd("\r ");
        if (plain.Length is < 10 or > 2 * DrawnGrid.Most)
        {
            return false;
        }

        var blocks = 0;
        foreach (var c in plain)
        {
            blocks += IsBlock(c) || c is ' ' or '\u00A0' or '\uFE0F' || char.IsSurrogate(c) ? 1 : 0;
        }

        return blocks == plain.Length || FewSigns(plain);
    }

    private static bool FewSigns(ReadOnlySpan<char> line)
    {
        if (line.Length < DrawnGrid.Least)
        {
            return false;
        }

        Span<char> signs = stackalloc char[2];
        var count = 0;
        foreach (var c in line)
        {
            if (c is ' ' or '\u00A0' || signs[..count].Contains(c))
            {
                continue;
            }

            if (count == signs.Length)
            {
                return false;
            }

            signs[count++] = c;
        }

        return true;
    }

    /// <summary>Twenty-one long lines of at most two signs, one after the other; rules and quotes are single lines.</summary>
    private static bool LinesOfOneSign(string text)
    {
        var run = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var plain = line.TrimEnd();
            run = plain.Length is >= DrawnGrid.Least and <= 2 * DrawnGrid.Most && FewSigns(plain) ? run + 1 : 0;
            if (run >= DrawnGrid.Least)
            {
                return true;
            }
        }

        return false;
    }
}
