using System.Text;

namespace Weir.Mail.Inspection.Office;

/// <summary>Web addresses in binary records: in bytes and in UTF-16, wherever they stand.</summary>
internal static class BinaryText
{
    private const int Most = 500;
    private const int Longest = 2_048;

    /// <summary>Names of formats, which lead nowhere.</summary>
    private static readonly string[] Formats =
    [
        "://schemas.openxmlformats.org", "://schemas.microsoft.com", "://www.w3.org", "://purl.org", "://purl.oclc.org", "://ns.adobe.com", "://schemas.apple.com", "://docs.oasis-open.org", "://openoffice.org", "://www.inkscape.org/namespaces", "://sodipodi.sourceforge.net",
    ];

    public static void Urls(ReadOnlySpan<byte> bytes, FileFindings found)
    {
        var left = Most;
        for (var at = 0; left > 0 && bytes[at..].IndexOf("http"u8) is >= 0 and var next; left--)
        {
            at += next;
            var run = bytes.Slice(at, Math.Min(Longest, bytes.Length - at));
            var end = run.IndexOfAnyExceptInRange((byte)0x21, (byte)0x7E);
            at += Tell(Encoding.ASCII.GetString(end < 0 ? run : run[..end]), found);
        }

        for (var at = 0; left > 0 && bytes[at..].IndexOf("h\0t\0t\0p\0"u8) is >= 0 and var next; left--)
        {
            at += next;
            var run = bytes.Slice(at, Math.Min(Longest * 2, (bytes.Length - at) & ~1));
            var length = 0;
            while (length + 1 < run.Length && run[length + 1] == 0 && run[length] is >= 0x21 and <= 0x7E)
            {
                length += 2;
            }

            at += 2 * Tell(Encoding.Unicode.GetString(run[..length]), found);
        }
    }

    /// <summary>True for an address that is the name of a format.</summary>
    public static bool IsFormat(string url) => Array.Exists(Formats, format => url.Contains(format, StringComparison.OrdinalIgnoreCase));

    private static int Tell(string url, FileFindings found)
    {
        if (url.Length > 10 && !IsFormat(url))
        {
            found.Text(url, needsScheme: true);
        }

        return Math.Max(4, url.Length);
    }
}
