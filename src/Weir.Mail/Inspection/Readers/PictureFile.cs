using Weir.Mail.Inspection.Pictures;

namespace Weir.Mail.Inspection.Readers;

/// <summary>QR codes in pictures.</summary>
internal sealed class PictureFile : IFileReader
{
    public bool Reads(string fileType) => fileType is "png" or "jpg" or "gif" or "webp" or "bmp" or "ico";

    public void Read(FileToRead file, FileFindings found)
    {
        GrayPicture? picture;
        try
        {
            picture = PictureDecoding.Decode(file.Content);
        }
        catch (InvalidDataException unreadable)
        {
            found.NotRead(unreadable.Message);
            return;
        }

        if (picture is null)
        {
            return;
        }

        if (picture.IsCut)
        {
            found.NotRead("the picture is broken; what can be decoded of it was read");
        }

        var codes = QrCodes.Read(picture);
        foreach (var code in codes)
        {
            QrPayload.Tell(found, code, "qr-code", "");
        }

        if (codes.Count == 0)
        {
            foreach (var code in found.Shelf.Add(picture))
            {
                QrPayload.Tell(found, code, "qr-code-split", "cut into several pictures");
            }
        }
    }
}
