using System.Text;
using SkiaSharp;
using ZXing.QrCode;

namespace Weir.Mail.Tests.Inspection.Pictures;

/// <summary>QR codes for tests, as attackers send them.</summary>
internal static class Drawing
{
    /// <summary>Modules of a code without margin; true is dark.</summary>
    public static bool[][] Modules(string text)
    {
        var matrix = new QRCodeWriter().encode(text, ZXing.BarcodeFormat.QR_CODE, 0, 0, new Dictionary<ZXing.EncodeHintType, object> { [ZXing.EncodeHintType.MARGIN] = 0 });
        return [.. Enumerable.Range(0, matrix.Height).Select(y => Enumerable.Range(0, matrix.Width).Select(x => matrix[x, y]).ToArray())];
    }

    /// <summary>A picture with a margin of four modules.</summary>
    public static SKBitmap Bitmap(string text, int module = 6, SKColor? dark = null, SKColor? light = null)
    {
        var modules = Modules(text);
        var side = (modules.Length + 8) * module;
        var bitmap = new SKBitmap(side, side);
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var (column, row) = ((x / module) - 4, (y / module) - 4);
                var isDark = column >= 0 && row >= 0 && column < modules.Length && row < modules.Length && modules[row][column];
                bitmap.SetPixel(x, y, isDark ? dark ?? SKColors.Black : light ?? SKColors.White);
            }
        }

        return bitmap;
    }

    public static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        using var data = bitmap.Encode(format, 80);
        return data.ToArray();
    }

    public static byte[] Png(string text) => Encode(Bitmap(text));

    /// <summary>Two rows of modules in a line.</summary>
    public static string HalfBlocks(string text, bool isInverted = false)
    {
        var modules = Padded(Modules(text));
        var lines = new StringBuilder();
        for (var y = 0; y < modules.Length; y += 2)
        {
            for (var x = 0; x < modules.Length; x++)
            {
                var (up, down) = (modules[y][x] ^ isInverted, (y + 1 < modules.Length && modules[y + 1][x]) ^ isInverted);
                lines.Append(up ? down ? '█' : '▀' : down ? '▄' : ' ');
            }

            lines.Append('\n');
        }

        return lines.ToString();
    }

    /// <summary>Each module written with a text for dark and one for light.</summary>
    public static string Signs(string text, string dark, string light) =>
        string.Join('\n', Padded(Modules(text)).Select(row => string.Concat(row.Select(module => module ? dark : light))));

    public static string Table(string text, Func<bool, string> cell, bool isJoined = false)
    {
        var html = new StringBuilder("<table cellspacing=0>");
        foreach (var row in Padded(Modules(text)))
        {
            html.Append("<tr>");
            for (var x = 0; x < row.Length;)
            {
                var run = 1;
                while (isJoined && x + run < row.Length && row[x + run] == row[x])
                {
                    run++;
                }

                html.Append(run > 1 ? cell(row[x]).Replace("<td", $"<td colspan={run}", StringComparison.Ordinal) : cell(row[x]));
                x += run;
            }

            html.Append("</tr>");
        }

        return html.Append("</table>").ToString();
    }

    private static bool[][] Padded(bool[][] modules)
    {
        var side = modules.Length + 4;
        return [.. Enumerable.Range(0, side).Select(y => Enumerable.Range(0, side).Select(x => y >= 2 && x >= 2 && y < side - 2 && x < side - 2 && modules[y - 2][x - 2]).ToArray())];
    }
}
