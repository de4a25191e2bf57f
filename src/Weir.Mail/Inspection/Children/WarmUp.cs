using System.IO.Compression;
using System.Text.Json;
using Weir.Mail.Contracts;

namespace Weir.Mail.Inspection.Children;

/// <summary>Reads files of its own once, so that code is compiled before the first message waits for it.</summary>
internal static class WarmUp
{
    public static void Run()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("a.html").Open();
            entry.Write("<html><body><a href='https://example.org/'>a</a></body></html>"u8);
        }

        var result = new FileReading(InspectionLimits.Default).Read(new FileToInspect { PartPath = "1", FileType = "zip", FileName = "a.zip", Content = stream.ToArray() });
        _ = JsonSerializer.SerializeToUtf8Bytes(new InspectionAnswer(result), InspectionJson.Default.InspectionAnswer);
    }
}
