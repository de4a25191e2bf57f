using System.Globalization;

namespace Weir.Server.Audit;

/// <summary>Text of strangers must steer neither a terminal, nor a page, nor a spreadsheet.</summary>
internal static class Plain
{
    /// <summary>Without control characters and those that turn the direction of writing.</summary>
    public static string Text(string text) =>
        text.Any(IsUnfit) ? string.Concat(text.Select(c => IsUnfit(c) ? '�' : c)) : text;

    private static bool IsUnfit(char c) => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Surrogate && !char.IsSurrogate(c);
}
