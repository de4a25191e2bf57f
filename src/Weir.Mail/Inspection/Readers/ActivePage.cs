using System.Text;
using System.Text.RegularExpressions;
using Weir.Mail.Files;
using Weir.Mail.Text;

namespace Weir.Mail.Inspection.Readers;

/// <summary>
/// Pages, pictures and scripts that build a file on the reader's machine, past every filter on the way (HTML smuggling): the pieces of script that do it,
/// and the file itself when it stands in the page as Base64.
/// </summary>
internal sealed partial class ActivePage : IFileReader
{
    private const int Longest = 16 << 20;
    private const int ShortestPayload = 60;
    private const int MostPayloads = 20;

    private static readonly string[] Making = ["new Blob(", "createObjectURL", "msSaveOrOpenBlob", "msSaveBlob", "new File(", "showSaveFilePicker", ";base64,"];
    private static readonly string[] Decoding = ["atob(", "fromCharCode", "unescape(", "decodeURIComponent(", "parseInt(", "charCodeAt", "Uint8Array"];

    public bool Reads(string fileType) => fileType is "html" or "svg" or "js" or "mjs" or "hta" or "mht" or "xml";

    public void Read(FileToRead file, FileFindings found)
    {
        var text = TextDecoding.Decode(file.Content.Span[..Math.Min(file.Content.Length, Longest)]);
        var isPage = file.FileType is "html" or "svg" or "mht" or "hta" or "xml";
        var hasScript = !isPage || Script().IsMatch(text);
        if (file.FileType == "svg" && hasScript)
        {
            found.Feature("svg-script", "a picture that runs a script");
        }

        if (file.FileType == "svg" && Foreign().IsMatch(text))
        {
            found.Feature("svg-page", "a picture that holds a page");
        }

        if (!hasScript)
        {
            return;
        }

        var making = Making.Where(piece => text.Contains(piece, StringComparison.OrdinalIgnoreCase)).ToList();
        var decoding = Decoding.Where(piece => text.Contains(piece, StringComparison.OrdinalIgnoreCase)).ToList();
        var name = DownloadName().Match(text) is { Success: true } match ? match.Groups["name"].Value : "";
        var payloads = Payloads(text, name, found);
        var saves = name.Length > 0 || making.Exists(piece => piece.StartsWith("msSave", StringComparison.Ordinal)) || text.Contains(".download", StringComparison.OrdinalIgnoreCase);
        if (making.Count > 0 && saves && (decoding.Count > 0 || payloads.Count > 0))
        {
            found.Feature("html-smuggling", $"builds {(name.Length > 0 ? $"the file {name}" : "a file")} by script: {string.Join(" ", making.Concat(decoding).Take(6))}{(payloads.Count > 0 ? $"; in it {string.Join(", ", payloads)}" : "")}");
        }
        else if (Writing().IsMatch(text) && (decoding.Count >= 2 || (decoding.Count == 1 && payloads.Count > 0)))
        {
            found.Feature("html-hidden-page", $"writes a page by script that its source does not show: {string.Join(" ", decoding.Take(5))}");
        }
    }

    /// <summary>Files in Base64; text in it is looked through for links.</summary>
    private static List<string> Payloads(string text, string name, FileFindings found)
    {
        var types = new List<string>();
        foreach (Match match in Base64().Matches(text))
        {
            if (types.Count >= MostPayloads)
            {
                break;
            }

            var written = match.Value[..(match.Length / 4 * 4)];
            var bytes = new byte[written.Length / 4 * 3];
            if (match.Length < ShortestPayload || !Convert.TryFromBase64String(written, bytes, out var length))
            {
                continue;
            }

            ReadOnlyMemory<byte> content = bytes.AsMemory(0, length);
            var type = FileTypes.Of(content, name);
            if (type is "png" or "jpg" or "gif" or "webp" or "ico" or "woff" or "woff2" or "bmp" || (type == FileTypes.Unknown && name.Length == 0))
            {
                continue;
            }

            types.Add(type);
            if (type is "txt")
            {
                found.Text(Encoding.UTF8.GetString(content.Span), needsScheme: true);
            }

            // A page is read again with what it hid.
            found.Embedded(name.Length > 0 ? name : type == "txt" ? "hidden.html" : $"hidden.{type}", content);
        }

        return types;
    }

    [GeneratedRegex(@"<script|\bon(load|click|error|mouseover|focus|begin)\s*=|javascript:", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Script();

    [GeneratedRegex(@"<(\w+:)?(foreignObject|iframe|embed|object)\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Foreign();

    [GeneratedRegex(@"(\.download\s{0,5}=\s{0,5}|\bdownload\s{0,5}=\s{0,5}|setAttribute\(\s{0,5}['""]download['""]\s{0,5},\s{0,5}|mssave(oropen)?blob\([^,()]{1,200},\s{0,5})['""](?<name>[^'""<>\n]{1,120})['""]", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex DownloadName();

    [GeneratedRegex(@"document\.write|innerHTML\s{0,5}=|\beval\s{0,5}\(|location(\.href)?\s{0,5}=|new Function\s{0,5}\(|outerHTML\s{0,5}=", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Writing();

    [GeneratedRegex(@"[A-Za-z0-9+/]{60,}={0,2}", RegexOptions.NonBacktracking)]
    private static partial Regex Base64();
}
