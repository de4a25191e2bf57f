using Weir.Mail.Headers;
using Weir.Mail.Places;

namespace Weir.Mail.Contracts;

/// <summary>
/// Finds in the bytes of a message where something that was read from it stands, through transfer encodings and character sets.
/// Never throws; what cannot be found is an empty list or nothing. Keeps what it decoded, so use one for a message and drop it.
/// </summary>
/// <param name="message">What was read from just these bytes.</param>
public sealed class MailSource(ReadOnlyMemory<byte> raw, ParsedMessage message)
{
    private readonly Dictionary<string, PartText?> _texts = new(StringComparer.Ordinal);

    /// <summary>All fields of this name in the header of the message, folded lines included, without the last line break.</summary>
    public IReadOnlyList<ByteRange> Fields(string name, int most) =>
        [.. message.Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Take(most).Select(Field)];

    /// <summary>A part with its header, as it is encoded; for a part inside something encoded the nearest one around it that stands in the message.</summary>
    public (MailPart Part, ByteRange Range)? Whole(MailPart part)
    {
        for (var path = part.Path; path.Length > 0; path = path[..Math.Max(0, path.LastIndexOf('.'))])
        {
            if (message.Parts.FirstOrDefault(each => each.Path == path && each.BodyStart >= 0) is { } found && found.BodyEnd <= raw.Length)
            {
                return (found, new ByteRange(found.HeaderStart >= 0 ? found.HeaderStart : found.BodyStart, found.BodyEnd));
            }
        }

        return null;
    }

    /// <summary>Where words that a reader sees stand in a part: white space, what has no width, and elements between them don't matter.</summary>
    public IReadOnlyList<ByteRange> Words(MailPart part, string words, int most) => Text(part) is { } text ? text.Words(words, most) : [];

    /// <summary>Where this stands in the source of a part, entities decoded; a longer address that only begins so is taken when there is no other.</summary>
    public IReadOnlyList<ByteRange> Written(MailPart part, string written, int most) => Text(part) is { } text ? text.Written(written, most) : [];

    /// <summary>The bytes of characters of <see cref="ParsedMessage.HtmlBody"/> or <see cref="ParsedMessage.TextBody"/>.</summary>
    public (MailPart Part, ByteRange Range)? OfBody(bool isHtml, int start, int end)
    {
        foreach (var part in message.Parts.Where(part => part.IsBody && part.ContentType == "text/plain" != isHtml))
        {
            if (Text(part) is not { IsWhole: true } text)
            {
                return null;
            }

            if (start < text.Length)
            {
                return text.Range(start, Math.Min(end, text.Length)) is { } range ? (part, range) : null;
            }

            // Pieces of a body are joined by a line break.
            (start, end) = (start - text.Length - 1, end - text.Length - 1);
        }

        return null;
    }

    /// <summary>What these bytes of the message say, where they stand in a part that is encoded; nothing elsewhere.</summary>
    public string? Decoded(int start, int end) =>
        message.Parts.FirstOrDefault(part => part.BodyStart >= 0 && part.BodyStart <= start && end <= part.BodyEnd && part.TransferEncoding is "base64" or "quoted-printable") is { } found
            ? Text(found)?.Of(start, end)
            : null;

    private ByteRange Field(MailHeader header)
    {
        var span = raw.Span;
        var at = (int)Math.Clamp(header.Offset, 0, span.Length);
        var start = at;
        int end;
        do
        {
            var next = HeaderBlock.NextLine(span, at, span.Length);
            end = HeaderBlock.TextEnd(span, at, next);
            at = next;
        }
        while (at < span.Length && span[at] is (byte)' ' or (byte)'\t');

        return new ByteRange(start, end);
    }

    private PartText? Text(MailPart part)
    {
        if (!_texts.TryGetValue(part.Path, out var text))
        {
            _texts[part.Path] = text = part.BodyStart >= 0 && part.BodyEnd <= raw.Length ? PartText.Of(raw[..part.BodyEnd], part) : null;
        }

        return text;
    }
}
