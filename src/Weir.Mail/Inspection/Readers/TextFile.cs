using Weir.Mail.Text;

namespace Weir.Mail.Inspection.Readers;

/// <summary>URLs in files of text inside archives and documents. Those that stand in the message are read with it.</summary>
internal sealed class TextFile : IFileReader
{
    public bool OnlyInside => true;

    public bool Reads(string fileType) => fileType is "html" or "svg" or "url" or "txt" or "js" or "vbs" or "hta" or "ps1" or "bat" or "xml" or "mht";

    public void Read(FileToRead file, FileFindings found)
    {
        var text = TextDecoding.Decode(file.Content.Span);
        if (file.FileType is "html" or "svg" or "hta")
        {
            found.Page(text);
        }
        else
        {
            found.Text(text, needsScheme: file.FileType is not ("txt" or "mht"));
        }
    }
}
