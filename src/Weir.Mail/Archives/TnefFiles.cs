using MimeKit;
using MimeKit.Tnef;
using Weir.Mail.Headers;

namespace Weir.Mail.Archives;

/// <summary>Files in Outlook's <c>winmail.dat</c> (MS-OXTNEF).</summary>
internal static class TnefFiles
{
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
