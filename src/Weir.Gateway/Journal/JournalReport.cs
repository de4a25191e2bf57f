using MimeKit;
using Weir.Gateway.Intake;

namespace Weir.Gateway.Journal;

/// <summary>
/// A journal report of Exchange: a multipart whose first part is text with the envelope (<c>Sender:</c>, <c>Recipient:</c>, <c>To:</c>, <c>Cc:</c>,
/// <c>Bcc:</c>, each perhaps with <c>, Expanded: LIST</c> or <c>, Forwarded: ADDRESS</c>) and whose second is the message.
/// </summary>
internal sealed record JournalReport(string Sender, IReadOnlyList<string> Recipients, ReadOnlyMemory<byte> Message)
{
    private const int MaxRecipients = 10_000;

    /// <summary>What a report tells; nothing when the message is none.</summary>
    public static JournalReport? Open(ReadOnlyMemory<byte> raw)
    {
        var fields = RawHeaders.Read(raw.Span);
        if (!fields.Any(field => field.Name.Equals("X-MS-Journal-Report", StringComparison.OrdinalIgnoreCase))
            || !ContentType.TryParse(fields.First("Content-Type"), out var type)
            || !type.IsMimeType("multipart", "mixed")
            || string.IsNullOrEmpty(type.Boundary)
            || Parts(raw, type.Boundary) is not [var envelope, var message, ..]
            || Attached(message) is not { } original)
        {
            return null;
        }

        var (sender, recipients) = Envelope(envelope);
        return recipients.Count == 0 ? null : new JournalReport(sender, recipients, original);
    }

    private static (string Sender, IReadOnlyList<string> Recipients) Envelope(ReadOnlyMemory<byte> part)
    {
        using var stream = new MemoryStream(part.ToArray(), writable: false);
        var sender = "";
        var recipients = new List<string>();
        if (MimeEntity.Load(stream) is TextPart text)
        {
            foreach (var line in text.Text.Split('\n'))
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                switch (colon < 0 ? "" : line[..colon].Trim().ToUpperInvariant())
                {
                    case "SENDER":
                        sender = Address(line[(colon + 1)..]);
                        break;
                    case "RECIPIENT" or "TO" or "CC" or "BCC" when recipients.Count < MaxRecipients && Address(line[(colon + 1)..]) is { Length: > 0 } recipient:
                        recipients.Add(recipient);
                        break;
                    default:
                        break;
                }
            }
        }

        return (sender, [.. recipients.Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>The address before a remark of how it came about.</summary>
    private static string Address(string text)
    {
        var remark = text.IndexOf(", Expanded:", StringComparison.OrdinalIgnoreCase);
        remark = remark >= 0 ? remark : text.IndexOf(", Forwarded:", StringComparison.OrdinalIgnoreCase);
        return MailboxAddress.TryParse((remark < 0 ? text : text[..remark]).Trim(), out var mailbox) && mailbox.Address.Contains('@', StringComparison.Ordinal)
            ? Fingerprints.Normal(mailbox.Address)
            : "";
    }

    /// <summary>The message's own bytes, letter for letter: signatures must stay valid.</summary>
    private static ReadOnlyMemory<byte>? Attached(ReadOnlyMemory<byte> part)
    {
        var fields = RawHeaders.Read(part.Span);
        var body = BodyStart(part.Span);
        if (body < 0 || !ContentType.TryParse(fields.First("Content-Type"), out var type) || !type.IsMimeType("message", "rfc822"))
        {
            return null;
        }

        if (!fields.First("Content-Transfer-Encoding").Equals("base64", StringComparison.OrdinalIgnoreCase))
        {
            return part[body..];
        }

        using var stream = new MemoryStream(part[body..].ToArray(), writable: false);
        using var plain = new MemoryStream();
        new MimeContent(stream, ContentEncoding.Base64).DecodeTo(plain);
        return plain.ToArray();
    }

    /// <summary>What lies between the lines of the boundary, without the line end that belongs to the next (RFC 2046 §5.1.1).</summary>
    private static List<ReadOnlyMemory<byte>> Parts(ReadOnlyMemory<byte> raw, string boundary)
    {
        var mark = System.Text.Encoding.Latin1.GetBytes("--" + boundary);
        var parts = new List<ReadOnlyMemory<byte>>();
        var start = -1;
        for (var line = BodyStart(raw.Span); line >= 0 && line < raw.Length && parts.Count < 3;)
        {
            var feed = raw.Span[line..].IndexOf((byte)'\n');
            var next = feed < 0 ? raw.Length : line + feed + 1;
            if (raw.Span[line..next].StartsWith(mark) && raw.Span[(line + mark.Length)..next].TrimEnd(" \t\r\n"u8) is [] or [(byte)'-', (byte)'-'])
            {
                if (start >= 0)
                {
                    var end = line > start && raw.Span[line - 1] == (byte)'\n' ? line - 1 : line;
                    end = end > start && raw.Span[end - 1] == (byte)'\r' ? end - 1 : end;
                    parts.Add(raw[start..end]);
                }

                start = next;
            }

            line = next;
        }

        return parts;
    }

    /// <summary>Behind the empty line that ends the header; -1 when there is none.</summary>
    private static int BodyStart(ReadOnlySpan<byte> bytes)
    {
        for (var line = 0; line < bytes.Length;)
        {
            var feed = bytes[line..].IndexOf((byte)'\n');
            if (feed < 0)
            {
                return -1;
            }

            if (bytes[line..(line + feed)].TrimEnd((byte)'\r').IsEmpty)
            {
                return line + feed + 1;
            }

            line += feed + 1;
        }

        return -1;
    }
}
