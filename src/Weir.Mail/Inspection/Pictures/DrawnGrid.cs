namespace Weir.Mail.Inspection.Pictures;

/// <summary>A code drawn with characters or cells: rows of dark and light, as wide as they are written.</summary>
internal static class DrawnGrid
{
    /// <summary>The least modules of a side, and the most that are drawn (version 10 and a margin is 65).</summary>
    public const int Least = 21;

    public const int Most = 200;

    private const int Margin = 4;

    /// <summary>Reads rows of modules.</summary>
    /// <param name="rows">True where it is dark.</param>
    /// <param name="width">Pixels of one module, across and down; those of characters are higher than wide.</param>
    public static IReadOnlyList<string> Read(IReadOnlyList<bool[]> rows, int width, int height)
    {
        var columns = rows.Count == 0 ? 0 : rows.Max(row => row.Length);
        if (columns < Least || rows.Count * height < Least * 2 || columns > 2 * Most || rows.Count > 2 * Most)
        {
            return [];
        }

        foreach (var isInverted in new[] { false, true })
        {
            var (across, down) = ((columns + (2 * Margin)) * width, (rows.Count + (2 * Margin)) * height);
            var pixels = new byte[across * down];
            pixels.AsSpan().Fill(255);
            for (var y = 0; y < rows.Count * height; y++)
            {
                var row = rows[y / height];
                for (var x = 0; x < columns * width; x++)
                {
                    // What a short row lacks is paper.
                    var isDark = x / width < row.Length && row[x / width];
                    pixels[((y + (Margin * height)) * across) + x + (Margin * width)] = (isDark ^ isInverted) ? (byte)0 : (byte)255;
                }
            }

            if (QrCodes.Read(new GrayPicture(across, down, pixels)) is { Count: > 0 } found)
            {
                return found;
            }
        }

        return [];
    }
}
