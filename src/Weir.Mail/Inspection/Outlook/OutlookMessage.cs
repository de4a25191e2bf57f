using System.Text;
using MimeKit;
using MimeKit.Text;
using MimeKit.Tnef;
using Weir.Mail.Headers;
using Weir.Mail.Inspection.Ole;
using Weir.Mail.Text;

namespace Weir.Mail.Inspection.Outlook;

/// <summary>Writes a message file of Outlook as mail.</summary>
internal static class OutlookMessage
{
    private const int Deepest = 5;
    private const int MostAttachments = 200;

    public static byte[]? ToMail(ReadOnlyMemory<byte> file)
    {
        if (CompoundFile.Open(file) is not { } ole || ole.Find("__properties_version1.0") is null)
        {
            return null;
        }

        // MimeKit reads the code pages once and for all: they have to be registered before.
        _ = Charsets.Find("koi8-r");
        var streams = new Dictionary<string, CompoundEntry>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in ole.Entries.Where(entry => entry.IsStream))
        {
            streams.TryAdd(entry.Path, entry);
        }

        try
        {
            using var message = Message(ole, streams, "", 0);
            using var target = new MemoryStream();
            message.WriteTo(new FormatOptions { NewLineFormat = NewLineFormat.Dos }, target);
            return target.ToArray();
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException or IOException or IndexOutOfRangeException or DecoderFallbackException)
        {
            return null;
        }
    }

    private static MimeMessage Message(CompoundFile ole, Dictionary<string, CompoundEntry> streams, string folder, int depth)
    {
        var store = new MapiStore(ole, streams, folder);
        var message = new MimeMessage { Body = Body(ole, streams, store, depth) };
        message.Headers.Clear();
        Transported(store.Text(0x007D), message.Headers);
        Add(message.Headers, "From", Sender(store));
        Add(message.Headers, "To", store.Text(0x0E04));
        Add(message.Headers, "Cc", store.Text(0x0E03));
        Add(message.Headers, "Subject", store.Text(0x0037));
        Add(message.Headers, "Message-ID", store.Text(0x1035));
        if (!message.Headers.Contains("Date") && (store.Number(0x0039) is > 0 and var sent ? sent : store.Number(0x0E06)) is > 0 and < 2_650_467_743_999_999_999 and var time)
        {
            message.Headers.Add("Date", DateTimeOffset.FromFileTime(time).ToUniversalTime().ToString("R", System.Globalization.CultureInfo.InvariantCulture));
        }

        return message;
    }

    /// <summary>The header that the message came with, without what describes a body that is written anew.</summary>
    private static void Transported(string text, HeaderList headers)
    {
        if (text.Length == 0)
        {
            return;
        }

        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text.TrimEnd() + "\r\n\r\n"));
        try
        {
            foreach (var header in HeaderList.Load(stream))
            {
                if (!header.Field.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) && header.Id != HeaderId.MimeVersion)
                {
                    headers.Add(header);
                }
            }
        }
        catch (FormatException)
        {
            // The properties say the rest.
        }
    }

    private static string Sender(MapiStore store)
    {
        var name = store.Text(0x0C1A) is { Length: > 0 } sender ? sender : store.Text(0x0042);
        var address = new[] { store.Text(0x5D01), store.Text(0x0C1F), store.Text(0x0065), store.Text(0x5D02) }.FirstOrDefault(each => each.Contains('@', StringComparison.Ordinal)) ?? "";
        return address.Length == 0 ? name : new MailboxAddress(name, address).ToString();
    }

    private static void Add(HeaderList headers, string field, string value)
    {
        if (value.Length > 0 && !headers.Contains(field))
        {
            headers.Add(new Header(Encoding.UTF8, field, value.ReplaceLineEndings(" ")));
        }
    }

    private static MimeEntity Body(CompoundFile ole, Dictionary<string, CompoundEntry> streams, MapiStore store, int depth)
    {
        var bodies = new MultipartAlternative();
        if (store.Text(0x1000) is { Length: > 0 } plain)
        {
            bodies.Add(new TextPart(TextFormat.Plain) { Text = plain });
        }

        if ((store.Text(0x1013) is { Length: > 0 } written ? written : TextDecoding.Decode(store.Binary(0x1013).Span)) is { Length: > 0 } html)
        {
            bodies.Add(new TextPart(TextFormat.Html) { Text = html });
        }

        var mixed = new Multipart("mixed");
        if (bodies.Count > 0)
        {
            mixed.Add(bodies.Count == 1 ? bodies[0] : bodies);
        }

        if (bodies.Count < 2 && RichText(store.Binary(0x1009)) is { Length: > 0 } rich)
        {
            mixed.Add(File("body.rtf", "text/rtf", rich));
        }

        foreach (var folder in Folders(streams.Keys, store.Folder).Take(MostAttachments))
        {
            if (Attachment(ole, streams, new MapiStore(ole, streams, folder), depth) is { } attachment)
            {
                mixed.Add(attachment);
            }
        }

        return mixed.Count switch { 0 => new TextPart(TextFormat.Plain) { Text = "" }, 1 => mixed[0], _ => mixed };
    }

    private static List<string> Folders(IEnumerable<string> paths, string parent) =>
        [.. paths.Where(path => path.StartsWith(parent + "__attach_version1.0_", StringComparison.OrdinalIgnoreCase))
            .Select(path => path[..(path.IndexOf('/', parent.Length) + 1)]).Where(path => path.Length > parent.Length).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];

    private static MimeEntity? Attachment(CompoundFile ole, Dictionary<string, CompoundEntry> streams, MapiStore store, int depth)
    {
        var name = store.Text(0x3707) is { Length: > 0 } longName ? longName : store.Text(0x3704) is { Length: > 0 } shortName ? shortName : store.Text(0x3001);
        var inner = store.Folder + "__substg1.0_3701000D/";
        if (depth < Deepest && streams.ContainsKey(inner + "__properties_version1.0"))
        {
            return new MessagePart { Message = Message(ole, streams, inner, depth + 1), ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = name.Length > 0 ? name + ".eml" : "message.eml" } };
        }

        var content = store.Binary(0x3701);
        if (content.IsEmpty)
        {
            return null;
        }

        if (store.Text(0x370E).StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) && Whole(content) is { } signed)
        {
            return signed;
        }

        var part = File(name, store.Text(0x370E), content.ToArray());
        if (store.Text(0x3712) is { Length: > 0 } id)
        {
            part.ContentId = id;
        }

        return part;
    }

    /// <summary>Exchange keeps what was signed as it came, header and all.</summary>
    private static MimeEntity? Whole(ReadOnlyMemory<byte> content)
    {
        try
        {
            return MimeEntity.Load(new MemoryStream(content.ToArray(), writable: false));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static MimePart File(string name, string mediaType, byte[] content) => new(ContentType.TryParse(mediaType, out var type) && type.MediaType is not ("multipart" or "message") ? type : new ContentType("application", "octet-stream"))
    {
        Content = new MimeContent(new MemoryStream(content, writable: false)),
        ContentTransferEncoding = ContentEncoding.Base64,
        ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = name },
    };

    private static byte[] RichText(ReadOnlyMemory<byte> compressed)
    {
        if (compressed.Length < 16)
        {
            return [];
        }

        var bytes = compressed.ToArray();
        var converter = new RtfCompressedToRtf();
        var rich = converter.Flush(bytes, 0, bytes.Length, out var index, out var length);
        return rich[index..(index + length)];
    }
}
