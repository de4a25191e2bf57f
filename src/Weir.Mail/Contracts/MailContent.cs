using System.Security.Cryptography;
using System.Text;
using Weir.Mail.Headers;

namespace Weir.Mail.Contracts;

/// <summary>Work on the bytes of a message without parsing it: recognise it again, and stamp it. All are pure and take any bytes.</summary>
public static class MailContent
{
    /// <summary>
    /// SHA-256 (lower-case hex) of what follows the header block, with CRLF, LF and CR all read as LF and trailing line breaks left out:
    /// the same before and after servers that add header fields or change line endings.
    /// </summary>
    public static string BodySha256(ReadOnlyMemory<byte> raw)
    {
        var span = raw.Span;
        var body = span[HeaderBlock.Scan(span, 0, span.Length, limit: 0).BodyStart..].TrimEnd("\r\n"u8);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (!body.IsEmpty)
        {
            var end = body.IndexOf((byte)'\r');
            if (end < 0)
            {
                hash.AppendData(body);
                break;
            }

            hash.AppendData(body[..end]);
            hash.AppendData("\n"u8);
            body = body[(end + 1)..];
            if (!body.IsEmpty && body[0] == '\n')
            {
                body = body[1..];
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The message with one more field at the top (after an mbox separator line), in the message's own line endings. Line breaks in the value become spaces.</summary>
    /// <exception cref="ArgumentException">The name is no field name (RFC 5322 §2.2).</exception>
    public static byte[] WithHeader(ReadOnlyMemory<byte> raw, string name, string value)
    {
        if (string.IsNullOrEmpty(name) || name.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0 || name.Contains(':', StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{name}' is no header field name.", nameof(name));
        }

        var span = raw.Span;
        var at = HeaderBlock.Scan(span, 0, span.Length, limit: 0).FieldsStart;
        var feed = span.IndexOf((byte)'\n');
        var lineBreak = feed > 0 && span[feed - 1] != '\r' || feed == 0 ? "\n" : "\r\n";
        // A body without header fields that begins with white space would become a continuation of the new field.
        var separator = at < span.Length && span[at] is ((byte)' ' or (byte)'\t') ? lineBreak : "";
        var line = Encoding.UTF8.GetBytes($"{name}: {value.ReplaceLineEndings(" ").Replace('\0', ' ')}{lineBreak}{separator}");
        var result = new byte[span.Length + line.Length];
        span[..at].CopyTo(result);
        line.CopyTo(result.AsSpan(at));
        span[at..].CopyTo(result.AsSpan(at + line.Length));
        return result;
    }

    /// <summary>The message without any field of these names (case does not matter), folded lines included.</summary>
    public static byte[] RemoveHeaders(ReadOnlyMemory<byte> raw, IReadOnlyCollection<string> names)
    {
        var span = raw.Span;
        var block = HeaderBlock.Scan(span, 0, span.Length);
        var result = new byte[span.Length];
        var (read, written) = (0, 0);
        foreach (var field in block.Fields)
        {
            if (!IsAnyOf(field, span, names))
            {
                continue;
            }

            span[read..field.Start].CopyTo(result.AsSpan(written));
            written += field.Start - read;
            read = field.End;
        }

        span[read..].CopyTo(result.AsSpan(written));
        return result[..(written + span.Length - read)];
    }

    /// <summary>The unfolded value of the first field of this name, bytes as UTF-8; nothing when there is none.</summary>
    public static string? HeaderValue(ReadOnlyMemory<byte> raw, string name)
    {
        var span = raw.Span;
        foreach (var field in HeaderBlock.Scan(span, 0, span.Length).Fields)
        {
            if (field.IsNamed(span, name))
            {
                return Encoding.UTF8.GetString(span[field.ValueStart..field.ValueEnd]).ReplaceLineEndings("").Trim();
            }
        }

        return null;
    }

    private static bool IsAnyOf(HeaderField field, ReadOnlySpan<byte> raw, IReadOnlyCollection<string> names)
    {
        foreach (var name in names)
        {
            if (field.IsNamed(raw, name))
            {
                return true;
            }
        }

        return false;
    }
}
