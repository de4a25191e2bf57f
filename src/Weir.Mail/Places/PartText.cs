using Weir.Mail.Contracts;
using Weir.Mail.Text;

namespace Weir.Mail.Places;

/// <summary>The text of one part with the way back to its bytes in the message. Bounded: the first megabyte of the encoded body.</summary>
internal sealed class PartText
{
    private const int MostBytes = 1 << 20;
    private readonly DecodedBytes _bytes;
    private readonly DecodedText _text;
    private readonly bool _isHtml;
    private Haystack? _seen;
    private Haystack? _written;

    private PartText(DecodedBytes bytes, DecodedText text, bool isHtml, bool isWhole)
    {
        (_bytes, _text, _isHtml, IsWhole) = (bytes, text, isHtml, isWhole);
    }

    /// <summary>Nothing was cut.</summary>
    public bool IsWhole { get; }

    public int Length => _text.Text.Length;

    /// <summary>Nothing when the encoding is one that is not followed.</summary>
    /// <param name="raw">The message up to the end of the part.</param>
    public static PartText? Of(ReadOnlyMemory<byte> raw, MailPart part)
    {
        var end = Math.Min(raw.Length, part.BodyStart + MostBytes);
        if (DecodedBytes.Of(raw[..end], part.BodyStart, part.TransferEncoding) is not { } bytes)
        {
            return null;
        }

        var (encoding, skip, _) = TextDecoding.Find(part.Content.Span, part.ContentType, part.Charset);
        var isHtml = part.ContentType == "text/html" || part.FileType is "html" or "xhtml" or "svg";
        return new PartText(bytes, DecodedText.Of(bytes.Bytes.Span, encoding, Math.Min(skip, bytes.Bytes.Length)), isHtml, end == raw.Length);
    }

    /// <summary>Bytes of the characters from <paramref name="start"/> to <paramref name="end"/>.</summary>
    public ByteRange? Range(int start, int end)
    {
        if (start < 0 || end <= start || end > Length)
        {
            return null;
        }

        var (first, last) = (_text.Starts[start], Math.Max(_text.Starts[start] + 1, _text.Starts[end]) - 1);
        return last < _bytes.Bytes.Length ? new ByteRange(_bytes.StartOf(first), _bytes.EndOf(last)) : null;
    }

    /// <summary>The characters that stand wholly in these bytes of the message.</summary>
    public string Of(int start, int end)
    {
        var (first, last) = (0, Length);
        while (first < last && _bytes.StartOf(_text.Starts[first]) < start)
        {
            first++;
        }

        while (last > first && _bytes.EndOf(Math.Max(_text.Starts[last - 1] + 1, _text.Starts[last]) - 1) > end)
        {
            last--;
        }

        return _text.Text[first..last];
    }

    public IReadOnlyList<ByteRange> Words(string words, int most) =>
        Ranges((_seen ??= new Haystack(_text.Text, isSource: !_isHtml, hasEntities: _isHtml)).Find(words, most, isStrict: true));

    public IReadOnlyList<ByteRange> Written(string written, int most)
    {
        _written ??= new Haystack(_text.Text, isSource: true, hasEntities: _isHtml);
        var found = _written.Find(written, most, isStrict: true);
        return Ranges(found.Count > 0 ? found : _written.Find(written, most, isStrict: false));
    }

    private List<ByteRange> Ranges(List<(int Start, int End)> found) =>
        [.. found.Select(place => Range(place.Start, place.End)).OfType<ByteRange>()];
}
