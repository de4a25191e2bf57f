using System.Text;

namespace Weir.Mail.Files;

/// <summary>File names as a reader gets them.</summary>
internal static class FileNames
{
    private const int Longest = 255;

    /// <summary>Without path and control characters. Direction overrides (U+202E) stay, so that detectors see them.</summary>
    public static string Clean(string declared)
    {
        var name = declared[(declared.LastIndexOfAny(['/', '\\']) + 1)..];
        if (name.Length == 0)
        {
            name = declared;
        }

        var result = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (!char.IsControl(c))
            {
                result.Append(c);
            }
        }

        var text = result.ToString().Trim();
        return text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest - 60), "…", text.AsSpan(text.Length - 59));
    }

    /// <summary>In lower case without the dot; trailing dots and spaces, which Windows drops, do not count.</summary>
    public static string Extension(string name)
    {
        var text = name.AsSpan().TrimEnd(". ");
        var dot = text.LastIndexOf('.');
        return dot < 0 || text.Length - dot > 20 ? "" : text[(dot + 1)..].ToString().Trim().ToLowerInvariant();
    }
}
