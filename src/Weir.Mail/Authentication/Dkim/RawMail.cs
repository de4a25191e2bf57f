using System.Security.Cryptography;
using System.Text;

namespace Weir.Mail.Authentication.Dkim;

/// <summary>The bytes of a message as DKIM sees them: fields in order and the body, line ends CRLF (RFC 6376 §2.1, §5.3).</summary>
internal sealed class RawMail
{
    private readonly Dictionary<(bool Relaxed, int Length), byte[]> _hashes = [];
    private byte[]? _simple;
    private byte[]? _relaxed;

    private RawMail(IReadOnlyList<RawField> fields, ReadOnlyMemory<byte> body) => (Fields, Body) = (fields, body);

    public IReadOnlyList<RawField> Fields { get; }

    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The body in a canonical form, made once: a message may carry many signatures.</summary>
    public byte[] CanonicalBody(bool relaxed) =>
        relaxed ? _relaxed ??= Canonical.Body(Body.Span, relaxed: true) : _simple ??= Canonical.Body(Body.Span, relaxed: false);

    /// <summary>SHA-256 of the first octets of the canonical body.</summary>
    /// <param name="length">At most the length of the canonical body.</param>
    public byte[] BodyHash(bool relaxed, int length)
    {
        if (!_hashes.TryGetValue((relaxed, length), out var hash))
        {
            _hashes[(relaxed, length)] = hash = SHA256.HashData(CanonicalBody(relaxed).AsSpan(0, length));
        }

        return hash;
    }

    /// <summary>Splits a message. A file with bare LF is read as if it had been sent with CRLF.</summary>
    public static RawMail Read(ReadOnlyMemory<byte> raw)
    {
        var bytes = WithFullLineEnds(raw);
        var span = bytes.Span;
        var fields = new List<RawField>();
        var text = new StringBuilder();
        var at = 0;
        while (at < span.Length)
        {
            var end = span[at..].IndexOf("\r\n"u8);
            var line = end < 0 ? span[at..] : span.Slice(at, end);
            at += end < 0 ? line.Length : line.Length + 2;
            if (line.IsEmpty)
            {
                break;
            }

            if (line[0] is (byte)' ' or (byte)'\t' && text.Length > 0)
            {
                text.Append("\r\n").Append(Encoding.Latin1.GetString(line));
                continue;
            }

            Add(fields, text);
            text.Append(Encoding.Latin1.GetString(line));
        }

        Add(fields, text);
        return new RawMail(fields, bytes[at..]);
    }

    private static void Add(List<RawField> fields, StringBuilder text)
    {
        var field = text.ToString();
        text.Clear();
        if (field.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
        {
            fields.Add(new RawField(field[..colon], field[(colon + 1)..]));
        }
    }

    private static ReadOnlyMemory<byte> WithFullLineEnds(ReadOnlyMemory<byte> raw)
    {
        var span = raw.Span;
        var bare = 0;
        for (var index = 0; index < span.Length; index++)
        {
            if (span[index] == '\n' && (index == 0 || span[index - 1] != '\r'))
            {
                bare++;
            }
        }

        if (bare == 0)
        {
            return raw;
        }

        var full = new byte[span.Length + bare];
        var to = 0;
        for (var index = 0; index < span.Length; index++)
        {
            if (span[index] == '\n' && (index == 0 || span[index - 1] != '\r'))
            {
                full[to++] = (byte)'\r';
            }

            full[to++] = span[index];
        }

        return full;
    }
}

/// <summary>A header field as it stands in the message: name, and everything behind the colon with its folding but without its last line end. Latin-1 keeps the bytes.</summary>
internal readonly record struct RawField(string Name, string Value);
