using System.Text.RegularExpressions;
using Weir.Mail.Text;

namespace Weir.Mail.Inspection.Readers;

/// <summary>Invitations and address cards (RFC 5545, RFC 6350): their links, and files that stand in them.</summary>
internal sealed partial class CalendarFile : IFileReader
{
    private const int Longest = 16 << 20;

    public bool Reads(string fileType) => fileType is "ics" or "vcf";

    public void Read(FileToRead file, FileFindings found)
    {
        // A line that begins with a blank goes on from the one before.
        var text = Folding().Replace(TextDecoding.Decode(file.Content.Span[..Math.Min(file.Content.Length, Longest)]), "");
        foreach (Match match in Attached().Matches(text))
        {
            var written = match.Groups["data"].Value;
            var bytes = new byte[written.Length];
            if (Convert.TryFromBase64String(written, bytes, out var length) && length > 0)
            {
                var name = FileName().Match(match.Value) is { Success: true } named ? named.Groups["name"].Value : "attachment";
                found.Feature("calendar-file", $"an invitation with the file {name}", match.Index);
                found.Embedded(name, bytes.AsMemory(0, length));
            }
        }

        found.Text(text, needsScheme: true);
    }

    [GeneratedRegex(@"\r?\n[ \t]", RegexOptions.NonBacktracking)]
    private static partial Regex Folding();

    [GeneratedRegex(@"(^|\n)ATTACH[^\n:]*BASE64[^\n:]*:(?<data>[A-Za-z0-9+/=]+)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Attached();

    [GeneratedRegex(@"(FILENAME|X-LABEL)=""?(?<name>[^"";:\n]{1,200})", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FileName();
}
