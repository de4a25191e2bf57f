using Weir.Mail.Headers;

namespace Weir.Mail.Mime;

/// <summary>Splits the body of a multipart (RFC 2046 §5.1.1).</summary>
internal sealed class Boundaries
{
    private Boundaries(List<(int Start, int End)> parts) => Parts = parts;

    /// <summary>Where the parts stand, without the line break before the next delimiter.</summary>
    public List<(int Start, int End)> Parts { get; }

    /// <summary>First byte of the first delimiter; -1 when there is none.</summary>
    public int First { get; private init; }

    /// <summary>The closing delimiter is missing.</summary>
    public bool IsOpen { get; private init; }

    /// <summary>Readers may disagree: text after a delimiter on its line, or a delimiter after the closing one.</summary>
    public bool IsAmbiguous { get; private init; }

    /// <summary>There were more parts than allowed; the last one holds the rest.</summary>
    public bool IsCut { get; private init; }

    /// <summary>Finds the delimiter lines of one boundary in a range.</summary>
    /// <param name="lenient">Also takes lines that only begin with the delimiter.</param>
    public static Boundaries Split(ReadOnlySpan<byte> raw, int start, int end, ReadOnlySpan<byte> boundary, int most, bool lenient = false)
    {
        Span<byte> delimiter = new byte[boundary.Length + 2];
        "--"u8.CopyTo(delimiter);
        boundary.CopyTo(delimiter[2..]);
        var parts = new List<(int, int)>();
        var (first, open, at) = (-1, -1, start);
        var (ambiguous, closed) = (false, false);
        while (at < end && !closed)
        {
            var found = raw[at..end].IndexOf(delimiter);
            if (found < 0)
            {
                break;
            }

            var position = at + found;
            at = position + 1;
            if (position > start && raw[position - 1] is not ((byte)'\n' or (byte)'\r'))
            {
                continue;
            }

            var next = HeaderBlock.NextLine(raw, position, end);
            var rest = raw[(position + delimiter.Length)..HeaderBlock.TextEnd(raw, position, next)];
            var closing = rest.StartsWith("--"u8);
            if (!(closing ? rest[2..] : rest).Trim(" \t\r"u8).IsEmpty)
            {
                ambiguous |= rest[0] is (byte)' ' or (byte)'\t' || closing;
                if (!lenient && !closing)
                {
                    continue;
                }
            }

            first = first < 0 ? position : first;
            if (open >= 0)
            {
                parts.Add((open, Math.Max(open, TextEnd(raw, open, position))));
            }

            open = next;
            at = next;
            closed = closing;
            if (parts.Count >= most)
            {
                return new Boundaries(parts) { First = first, IsCut = true, IsAmbiguous = ambiguous };
            }
        }

        if (!closed && open >= 0)
        {
            parts.Add((open, end));
        }

        ambiguous |= closed && open < end && raw[open..end].IndexOf(delimiter) >= 0;
        return new Boundaries(parts) { First = first, IsOpen = !closed, IsAmbiguous = ambiguous };
    }

    /// <summary>The boundary that the first line beginning with two dashes shows, when fields follow it; empty when none does.</summary>
    public static ReadOnlySpan<byte> Guess(ReadOnlySpan<byte> raw, int start, int end)
    {
        var at = start;
        for (var line = 0; line < 100 && at < end; line++)
        {
            var next = HeaderBlock.NextLine(raw, at, end);
            var text = raw[at..HeaderBlock.TextEnd(raw, at, next)].TrimEnd(" \t"u8);
            if (text.Length > 2 && text.StartsWith("--"u8) && System.Text.Ascii.EqualsIgnoreCase(raw[next..Math.Min(end, next + 8)], "Content-"u8))
            {
                return text[2..];
            }

            at = next;
        }

        return default;
    }

    private static int TextEnd(ReadOnlySpan<byte> raw, int open, int position)
    {
        var end = position;
        if (end > open && raw[end - 1] == '\n')
        {
            end--;
        }

        return end > open && raw[end - 1] == '\r' ? end - 1 : end;
    }
}
