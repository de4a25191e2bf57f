using Weir.Mail.Contracts;

namespace Weir.Mail.Inspection.Readers;

/// <summary>Messages inside archives and documents. One that is a part of the message is read with it.</summary>
internal sealed class EmbeddedMessage : IFileReader
{
    private static readonly ParseLimits Limits = ParseLimits.Default with { LeavesArchives = true };

    public bool OnlyInside => true;

    public bool Reads(string fileType) => fileType == "eml";

    public void Read(FileToRead file, FileFindings found)
    {
        var message = MailParser.Parse(file.Content, Limits);
        foreach (var url in message.Urls)
        {
            found.Url(url.Written, url.ShownText);
        }

        foreach (var part in message.Parts)
        {
            found.Embedded(part.FileName.Length > 0 ? part.FileName : part.Path, part.Content);
        }
    }
}
