using System.Text.RegularExpressions;
using Weir.Mail.Text;

namespace Weir.Mail.Inspection.Readers;

/// <summary>Files that only open something else: .url, .webloc, .desktop, .library-ms, .settingcontent-ms, .rdp, .scf, .jnlp.</summary>
internal sealed partial class LinkFile : IFileReader
{
    private const int Longest = 1 << 20;

    public bool Reads(string fileType) => fileType is "url" or "webloc" or "desktop" or "library-ms" or "settingcontent-ms" or "search-ms" or "rdp" or "scf" or "jnlp" or "appref-ms";

    public void Read(FileToRead file, FileFindings found)
    {
        var text = TextDecoding.Decode(file.Content.Span[..Math.Min(file.Content.Length, Longest)]);
        foreach (Match match in Target().Matches(text))
        {
            var target = match.Groups["target"].Value.Trim();
            found.Feature("shortcut-target", $"opens {target}", match.Index);
            found.Url(target);
            if (Remote().IsMatch(target))
            {
                found.Feature("shortcut-remote", $"opens a file of another machine: {target}", match.Index);
            }
        }

        if (file.FileType == "rdp")
        {
            found.Feature("shortcut-remote", "opens a session on another machine");
        }
    }

    [GeneratedRegex(@"(^|\n)\s{0,10}(URL|BASEURL|IconFile|Exec|full address:s:)\s{0,5}=?\s{0,5}(?<target>[^\r\n]+)|<(string|url|DeepLink|simpleLocation><url)>(?<target>[^<]+)<|\b(href|codebase)\s{0,5}=\s{0,5}""(?<target>[^""]+)""", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Target();

    /// <summary>Shares and WebDAV, which run what they hold without the mark of the web.</summary>
    [GeneratedRegex(@"^(file:/{0,5}[\w.-]+\.[\w.-]+|file:/{2}[^/]|\\\\|file:\\\\|search-ms:|ms-\w+:)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Remote();
}
