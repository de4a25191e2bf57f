using System.Text;
using Weir.Mail.Contracts;
using Weir.Mail.Inspection.Pictures;

namespace Weir.Mail.Inspection.Readers;

/// <summary>QR codes that a body draws with characters or cells, so that there is no picture to look at.</summary>
internal sealed class DrawnBody : IFileReader
{
    public bool Reads(string fileType) => fileType is InspectionRequest.DrawnText or InspectionRequest.DrawnHtml;

    public void Read(FileToRead file, FileFindings found)
    {
        var text = Encoding.UTF8.GetString(file.Content.Span);
        foreach (var code in file.FileType == InspectionRequest.DrawnHtml ? DrawnHtml.Read(text) : DrawnText.Read(text))
        {
            QrPayload.Tell(found, code, "qr-code-drawn", "drawn in the body");
        }
    }
}
