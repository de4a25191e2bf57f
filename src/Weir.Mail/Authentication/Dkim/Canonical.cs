using System.Text;

namespace Weir.Mail.Authentication.Dkim;

/// <summary>The canonical forms of fields and bodies (RFC 6376 §3.4).</summary>
internal static class Canonical
{
    /// <summary>A field in its canonical form, without the line end.</summary>
    public static string Field(RawField field, bool relaxed)
    {
        if (!relaxed)
        {
            return $"{field.Name}:{field.Value}";
        }

        var result = new StringBuilder(field.Name.Length + field.Value.Length);
        result.Append(field.Name.TrimEnd(' ', '\t').ToLowerInvariant()).Append(':');
        var start = result.Length;
        var isBlankPending = false;
        foreach (var character in field.Value)
        {
            if (character is ' ' or '\t' or '\r' or '\n')
            {
                isBlankPending = true;
                continue;
            }

            if (isBlankPending && result.Length > start)
            {
                result.Append(' ');
            }

            isBlankPending = false;
            result.Append(character);
        }

        return result.ToString();
    }

    /// <summary>The body in its canonical form; its lines end in CRLF.</summary>
    public static byte[] Body(ReadOnlySpan<byte> body, bool relaxed)
    {
        var result = new byte[body.Length + 2];
        var length = 0;
        // Empty lines are counted and written only when something follows.
        var emptyLines = 0;
        while (!body.IsEmpty)
        {
            var end = body.IndexOf("\r\n"u8);
            var line = end < 0 ? body : body[..end];
            body = end < 0 ? [] : body[(end + 2)..];
            var shown = relaxed ? line.TrimEnd(" \t"u8) : line;
            if (shown.IsEmpty)
            {
                emptyLines++;
                continue;
            }

            for (; emptyLines > 0; emptyLines--)
            {
                result[length++] = (byte)'\r';
                result[length++] = (byte)'\n';
            }

            length += relaxed ? Compress(shown, result.AsSpan(length)) : Copy(shown, result.AsSpan(length));
            result[length++] = (byte)'\r';
            result[length++] = (byte)'\n';
        }

        // §3.4.3: an empty body is one CRLF in the simple form; §3.4.4: nothing in the relaxed one.
        if (length == 0 && !relaxed)
        {
            return [(byte)'\r', (byte)'\n'];
        }

        return result[..length];
    }

    private static int Copy(ReadOnlySpan<byte> line, Span<byte> to)
    {
        line.CopyTo(to);
        return line.Length;
    }

    private static int Compress(ReadOnlySpan<byte> line, Span<byte> to)
    {
        var length = 0;
        var wasBlank = false;
        foreach (var octet in line)
        {
            var isBlank = octet is (byte)' ' or (byte)'\t';
            if (!isBlank)
            {
                to[length++] = octet;
            }
            else if (!wasBlank)
            {
                to[length++] = (byte)' ';
            }

            wasBlank = isBlank;
        }

        return length;
    }
}
