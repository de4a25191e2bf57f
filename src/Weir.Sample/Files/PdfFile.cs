using System.Globalization;
using System.Text;

namespace Weir.Sample.Files;

/// <summary>A real PDF of one page with lines of text.</summary>
internal static class PdfFile
{
    public static byte[] Write(string title, IEnumerable<string> lines)
    {
        var page = new StringBuilder("BT /F1 18 Tf 56 780 Td (").Append(Escape(title)).Append(") Tj /F1 11 Tf 0 -30 Td 16 TL\n");
        foreach (var line in lines)
        {
            page.Append('(').Append(Escape(line)).Append(") Tj T*\n");
        }

        page.Append("ET");
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            $"<< /Length {page.Length} >>\nstream\n{page}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ];
        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        foreach (var (index, content) in objects.Index())
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{index + 1} 0 obj\n{content}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
        {
            file.Append(CultureInfo.InvariantCulture, $"{offset:0000000000} 00000 n \n");
        }

        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    // Only what Latin-1 has: one character is one byte, so lengths and offsets agree.
    private static string Escape(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            result.Append(letter switch { '(' or ')' or '\\' => $"\\{letter}", > '\u00FF' => "?", _ => letter.ToString() });
        }

        return result.ToString();
    }
}
