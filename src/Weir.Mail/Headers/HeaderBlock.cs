namespace Weir.Mail.Headers;

/// <summary>
/// The header block of a message or part. A line that is neither a field nor a continuation ends the block, and the body begins with it:
/// mail servers do the same (they insert the missing blank line), so a message keeps its body on the way.
/// </summary>
internal sealed class HeaderBlock
{
    /// <summary>Fields kept; the rest of a flood is skipped.</summary>
    public const int MostFields = 5_000;

    private HeaderBlock(List<HeaderField> fields, int fieldsStart, int bodyStart)
    {
        Fields = fields;
        FieldsStart = fieldsStart;
        BodyStart = bodyStart;
    }

    public List<HeaderField> Fields { get; }

    /// <summary>After an mbox separator line, if any.</summary>
    public int FieldsStart { get; }

    /// <summary>First byte of the body; the end when there is none.</summary>
    public int BodyStart { get; }

    /// <summary>Offset of the line that ended the block without being blank; -1 when the block ended well.</summary>
    public int StrayLine { get; private set; } = -1;

    /// <summary>The block ended with the bytes, without a blank line.</summary>
    public bool IsUnterminated { get; private set; }

    /// <summary>Fields were left out because of the limits.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Scans from <paramref name="start"/> to the blank line, the stray line, or <paramref name="end"/>.</summary>
    /// <param name="limit">Bytes of the block in which fields are kept.</param>
    public static HeaderBlock Scan(ReadOnlySpan<byte> raw, int start, int end, int limit = int.MaxValue)
    {
        var fields = new List<HeaderField>();
        var at = start;
        if (IsSeparator(raw[at..end]))
        {
            at = NextLine(raw, at, end);
        }

        var fieldsStart = at;
        var cut = false;
        var valuesEnd = (int)Math.Min(int.MaxValue, (long)start + limit);
        var stray = -1;
        var unterminated = true;
        while (at < end)
        {
            var next = NextLine(raw, at, end);
            var textEnd = TextEnd(raw, at, next);
            if (textEnd == at)
            {
                at = next;
                unterminated = false;
                break;
            }

            var keep = at - start < limit && fields.Count < MostFields;
            if (raw[at] is (byte)' ' or (byte)'\t' && at > fieldsStart)
            {
                if (keep && fields.Count > 0)
                {
                    fields[^1] = fields[^1] with { ValueEnd = Math.Min(textEnd, valuesEnd), End = next };
                }

                cut |= !keep || textEnd > valuesEnd;
                at = next;
                continue;
            }

            var colon = NameLength(raw[at..textEnd]);
            if (colon < 0)
            {
                stray = at;
                unterminated = false;
                break;
            }

            if (keep)
            {
                var nameEnd = at + raw.Slice(at, colon).TrimEnd(" \t"u8).Length;
                fields.Add(new HeaderField(at, nameEnd, at + colon + 1, Math.Max(at + colon + 1, Math.Min(textEnd, valuesEnd)), next));
            }

            cut |= !keep || textEnd > valuesEnd;
            at = next;
        }

        return new HeaderBlock(fields, fieldsStart, at) { StrayLine = stray, IsUnterminated = unterminated, IsCut = cut };
    }

    /// <summary>Offset after the line feed that ends the line at <paramref name="at"/>.</summary>
    public static int NextLine(ReadOnlySpan<byte> raw, int at, int end) =>
        raw[at..end].IndexOf((byte)'\n') is >= 0 and var feed ? at + feed + 1 : end;

    /// <summary>End of the line's text, before LF or CRLF.</summary>
    public static int TextEnd(ReadOnlySpan<byte> raw, int at, int next)
    {
        if (next > at && raw[next - 1] == '\n')
        {
            next--;
            if (next > at && raw[next - 1] == '\r')
            {
                next--;
            }
        }

        return next;
    }

    /// <summary>The line between messages of an mbox file; <c>From : x</c> is a field (RFC 5322 §4.5.2).</summary>
    private static bool IsSeparator(ReadOnlySpan<byte> raw)
    {
        var name = raw.StartsWith(">From "u8) ? raw[6..] : raw.StartsWith("From "u8) ? raw[5..] : [];
        return !name.IsEmpty && !name.TrimStart(" \t"u8).StartsWith(":"u8);
    }

    /// <summary>Position of the colon after a field name (RFC 5322 §2.2: printable ASCII without colon; §4.5 allows white space before it), -1 when the line is no field.</summary>
    private static int NameLength(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0)
        {
            return -1;
        }

        var name = line[..colon].TrimEnd(" \t"u8);
        return name.IsEmpty || name.IndexOfAnyExceptInRange((byte)33, (byte)126) >= 0 ? -1 : colon;
    }
}

/// <summary>Where one header field stands in the message: <c>[Start, End)</c> with its folded lines and last line break, name <c>[Start, NameEnd)</c>, value <c>[ValueStart, ValueEnd)</c>.</summary>
internal readonly record struct HeaderField(int Start, int NameEnd, int ValueStart, int ValueEnd, int End)
{
    public bool IsNamed(ReadOnlySpan<byte> raw, string name) =>
        NameEnd - Start == name.Length && System.Text.Ascii.EqualsIgnoreCase(raw[Start..NameEnd], name);
}
