namespace Weir.Mail.Inspection.Pdf;

/// <summary>A string, as bytes.</summary>
internal sealed record PdfString(byte[] Bytes)
{
    /// <summary>UTF-16 or UTF-8 by its mark, else one character a byte.</summary>
    public string Text => Bytes switch
    {
        [0xFE, 0xFF, ..] => System.Text.Encoding.BigEndianUnicode.GetString(Bytes, 2, Bytes.Length - 2),
        [0xEF, 0xBB, 0xBF, ..] => System.Text.Encoding.UTF8.GetString(Bytes, 3, Bytes.Length - 3),
        _ => System.Text.Encoding.Latin1.GetString(Bytes),
    };
}
