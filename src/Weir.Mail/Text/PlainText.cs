namespace Weir.Mail.Text;

/// <summary>Plain bodies as a reader sees them.</summary>
internal static class PlainText
{
    /// <summary>Lines kept, characters of zero width left out, runs of spaces made one.</summary>
    public static string Visible(string text)
    {
        var writer = new VisibleWriter();
        writer.Write(text.Replace("\r\n", "\n", StringComparison.Ordinal), isPreformatted: true);
        return writer.ToString();
    }
}
