using System.Buffers.Binary;

namespace Weir.Mail.Inspection.Readers;

/// <summary>Files that are embedded in sections of OneNote (MS-ONESTORE §2.6.13), which a picture of a button asks people to open.</summary>
internal sealed class OneNoteFile : IFileReader
{
    private const int MostFiles = 100;
    private const int HeaderLength = 36;

    public bool Reads(string fileType) => fileType is "one" or "onepkg";

    public void Read(FileToRead file, FileFindings found)
    {
        var bytes = file.Content.Span;

        // FileDataStoreObject: its GUID, the length of the data, 12 bytes, the data.
        ReadOnlySpan<byte> mark = [0xE7, 0x16, 0xE3, 0xBD, 0x65, 0x26, 0x11, 0x45, 0xA4, 0xC4, 0x8D, 0x4D, 0x0B, 0x7A, 0x9E, 0xAC];
        var count = 0;
        for (var at = 0; count < MostFiles && bytes[at..].IndexOf(mark) is >= 0 and var next; count++)
        {
            at += next;
            if (at + HeaderLength > bytes.Length)
            {
                break;
            }

            var length = (int)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(bytes[(at + 16)..]), (ulong)(bytes.Length - at - HeaderLength));
            var content = file.Content.Slice(at + HeaderLength, length);
            var type = Files.FileTypes.Of(content, "");
            if (type is not ("png" or "jpg" or "gif" or "emf" or "bmp" or "wmf"))
            {
                found.Feature("onenote-file", $"embeds a file of {length} bytes ({type})", at);
            }

            found.Embedded($"file{count + 1}.{(type == Files.FileTypes.Unknown ? "bin" : type)}", content);
            at += mark.Length;
        }

        Office.BinaryText.Urls(bytes, found);
    }
}
