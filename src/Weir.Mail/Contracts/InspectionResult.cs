namespace Weir.Mail.Contracts;

/// <summary>What reading the files of one message gave.</summary>
public sealed record InspectionResult
{
    /// <summary>The kind of the defect that says: limits of the whole message are used up, and what stands behind was not read.</summary>
    public const string Exhausted = "inspection-exhausted";

    public static InspectionResult Nothing { get; } = new();

    /// <summary>Reports of the inspected parts and of what lies inside them; a file inside of which there is nothing to say has none.</summary>
    public IReadOnlyList<FileReport> Files { get; init; } = [];

    public IReadOnlyList<MailDefect> Defects { get; init; } = [];

    /// <summary>Several results as one.</summary>
    public static InspectionResult Of(IReadOnlyList<InspectionResult> results) =>
        results.Count == 1 ? results[0] : new() { Files = [.. results.SelectMany(result => result.Files)], Defects = [.. results.SelectMany(result => result.Defects)] };

    /// <summary>A result that says of every file why it was not read.</summary>
    public static InspectionResult NotRead(IEnumerable<FileToInspect> files, string reason) => new()
    {
        Files = [.. files.Select(file => new FileReport { PartPath = file.PartPath, FileType = file.FileType, FileName = file.FileName, Size = file.Content.Length, Sha256 = file.Sha256, NotRead = reason })],
    };

    /// <summary>The message with what is now known of its parts: URLs, members, passwords, what was not read.</summary>
    public ParsedMessage ApplyTo(ParsedMessage message, int mostUrls)
    {
        if (Files.Count == 0 && Defects.Count == 0)
        {
            return message;
        }

        var byPart = Files.ToLookup(file => file.PartPath, StringComparer.Ordinal);
        var known = message.Urls.Select(url => (url.Url, url.Source, url.PartPath)).ToHashSet();
        var more = Files.SelectMany(file => file.Urls).Where(url => known.Add((url.Url, url.Source, url.PartPath))).Take(Math.Max(0, mostUrls - message.Urls.Count));
        return message with
        {
            Parts = [.. message.Parts.Select(part => byPart.Contains(part.Path) ? Of(part, [.. byPart[part.Path]]) : part)],
            Urls = [.. message.Urls, .. more],
            Defects = [.. message.Defects, .. Defects],
        };
    }

    private static MailPart Of(MailPart part, List<FileReport> reports) => part with
    {
        Members = reports.Find(report => report.Inside.Length == 0 && report.Members.Count > 0)?.Members ?? (part.Members.Count > 0 ? part.Members : Deeper(reports)),
        IsEncrypted = part.IsEncrypted || reports.Exists(report => report.IsEncrypted),
        NotRead = part.NotRead.Length > 0 ? part.NotRead : reports.Find(report => report.NotRead.Length > 0)?.NotRead ?? "",
    };

    /// <summary>Members of archives that lie in a file that is none.</summary>
    private static List<ArchiveMember> Deeper(List<FileReport> reports) =>
        [.. reports.Where(report => report.Inside.Length > 0).SelectMany(report => report.Members.Select(member => member with { Path = $"{report.Inside}/{member.Path}" }))];
}
