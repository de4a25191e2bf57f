using System.Buffers.Binary;
using MimeKit;
using MimeKit.Tnef;
using Weir.Mail.Headers;

namespace Weir.Mail.Archives;

/// <summary>Files in Outlook's <c>winmail.dat</c> (MS-OXTNEF).</summary>
internal static class TnefFiles
{
    private const int HeadLength = 6;
    private const int AttributeHead = 9;
    private const int CheckLength = 2;

    /// <summary>
    /// Each attribute (level, number, length, value, checksum) ends where the next begins, and the last where the file does. The reader of files takes what it
    /// can get of a broken one and does not say so.
    /// </summary>
    public static bool IsWhole(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeadLength)
        {
            return false;
        }

        for (file = file[HeadLength..]; !file.IsEmpty;)
        {
            // Some writers pad the end.
            if (file.IndexOfAnyExcept((byte)0) < 0)
            {
                return true;
            }

            if (file.Length < AttributeHead || file[0] is not (1 or 2))
            {
                return false;
            }

            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[5..]);
            if (length > file.Length - AttributeHead - CheckLength)
            {
                return false;
            }

            file = file[(AttributeHead + (int)length + CheckLength)..];
        }

        return true;
    }

    public static void Read(ReadOnlyMemory<byte> file, UnpackBudget budget, Action<string, ReadOnlyMemory<byte>> found)
    {
        // MimeKit reads the code pages once and for all: they have to be registered before.
        _ = Charsets.Find("koi8-r");
        using var source = new MemoryStream(file.ToArray(), writable: false);
        using var part = new TnefPart { Content = new MimeContent(source) };
        foreach (var entity in part.ExtractAttachments())
        {
            using (entity)
            {
                if (!budget.TakeMember())
                {
                    return;
                }

                using var content = new MemoryStream();
                var name = entity.ContentDisposition?.FileName ?? entity.ContentType.Name ?? "";
                if (entity is MimePart { Content: { } body })
                {
                    body.DecodeTo(content);
                }
                else if (entity is MessagePart { Message: { } message })
                {
                    message.WriteTo(content);
                    name = name.Length > 0 ? name : "message.eml";
                }

                if (!budget.Take(content.Length))
                {
                    return;
                }

                found(name, content.ToArray());
            }
        }
    }
}
