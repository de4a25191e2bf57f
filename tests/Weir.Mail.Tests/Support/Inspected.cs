using Weir.Mail.Contracts;
using Weir.Mail.Files;

namespace Weir.Mail.Tests.Support;

/// <summary>What the readers say of one file.</summary>
internal static class Inspected
{
    public static IReadOnlyList<FileReport> File(string name, byte[] content, params string[] passwords) =>
        FileInspection.Inspect(new InspectionRequest([new FileToInspect { PartPath = "1", FileName = name, FileType = FileTypes.Of(content, name), Content = content, Passwords = passwords }])).Files;

    /// <summary>Names of all features, of files inside too, each once, in order.</summary>
    public static string Features(string name, byte[] content) =>
        string.Join(' ', File(name, content).SelectMany(report => report.Features).Select(feature => feature.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    public static IEnumerable<string> Urls(string name, byte[] content) => File(name, content).SelectMany(report => report.Urls).Select(url => url.Url).Distinct(StringComparer.Ordinal);
}
