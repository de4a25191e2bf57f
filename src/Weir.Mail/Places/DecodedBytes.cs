namespace Weir.Mail.Places;

/// <summary>Decoded bytes of a part, and for each where it stands in the message.</summary>
internal sealed class DecodedBytes
{
    private readonly int _start;
    private readonly int[]? _starts;
    private readonly int[]? _ends;

    private DecodedBytes(ReadOnlyMemory<byte> bytes, int start, int[]? starts, int[]? ends)
    {
        (Bytes, _start, _starts, _ends) = (bytes, start, starts, ends);
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    public int StartOf(int at) => _starts is null ? _start + at : _starts[at];

    public int EndOf(int at) => _ends is null ? _start + at + 1 : _ends[at];

    /// <summary>Nothing for an encoding in which places are not followed.</summary>
    /// <param name="raw">The message up to where the part or the bound ends.</param>
    public static DecodedBytes? Of(ReadOnlyMemory<byte> raw, int start, string encoding) => encoding switch
    {
        "" or "7bit" or "8bit" or "binary" or "7-bit" or "8-bit" => new DecodedBytes(raw[start..], start, null, null),
        "base64" => Base64(raw.Span, start),
        "quoted-printable" => QuotedPrintable(raw.Span, start),
        _ => null,
    };

    /// <summary>As <c>TransferDecoding</c> reads it: what is not of the alphabet is skipped, and padding ends a group.</summary>
    private static DecodedBytes Base64(ReadOnlySpan<byte> raw, int start)
    {
        var most = ((raw.Length - start) / 4 * 3) + 3;
        var (bytes, starts, ends, written) = (new byte[most], new int[most], new int[most], 0);
        Span<int> places = stackalloc int[4];
        var (bits, count) = (0, 0);
        for (var at = start; at <= raw.Length; at++)
        {
            var value = at < raw.Length ? Value(raw[at]) : Padding;
            if (value == Padding)
            {
                bits <<= 6 * (4 - count);
            }
            else if (value >= 0)
            {
                bits = (bits << 6) | value;
                places[count++] = at;
            }

            if (count == 4 || (value == Padding && count > 1))
            {
                for (var i = 0; i < count - 1; i++)
                {
                    (bytes[written], starts[written], ends[written]) = ((byte)(bits >> (16 - (8 * i))), places[i], places[i + 1] + 1);
                    written++;
                }
            }

            if (count == 4 || value == Padding)
            {
                (bits, count) = (0, 0);
            }
        }

        return new DecodedBytes(bytes.AsMemory(0, written), start, starts, ends);
    }

    private const int Padding = -2;

    private static int Value(byte c) => c switch
    {
        >= (byte)'A' and <= (byte)'Z' => c - 'A',
        >= (byte)'a' and <= (byte)'z' => c - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => c - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        (byte)'=' => Padding,
        _ => -1,
    };

    /// <summary>As <c>TransferDecoding</c> reads it: soft line breaks vanish, wrong escapes stay.</summary>
    private static DecodedBytes QuotedPrintable(ReadOnlySpan<byte> raw, int start)
    {
        var most = raw.Length - start;
        var (bytes, starts, ends, written) = (new byte[most], new int[most], new int[most], 0);
        for (var at = start; at < raw.Length;)
        {
            var (value, length) = (raw[at], 1);
            if (value == '=')
            {
                if (at + 2 < raw.Length && char.IsAsciiHexDigit((char)raw[at + 1]) && char.IsAsciiHexDigit((char)raw[at + 2]))
                {
                    (value, length) = ((byte)((Hex(raw[at + 1]) << 4) | Hex(raw[at + 2])), 3);
                }
                else
                {
                    var rest = raw[(at + 1)..].TrimStart(" \t"u8);
                    if (rest.IsEmpty)
                    {
                        break;
                    }

                    if (rest[0] is (byte)'\r' or (byte)'\n')
                    {
                        at = raw.Length - rest.Length + (rest is [(byte)'\r', (byte)'\n', ..] ? 2 : 1);
                        continue;
                    }
                }
            }

            (bytes[written], starts[written], ends[written]) = (value, at, at + length);
            written++;
            at += length;
        }

        return new DecodedBytes(bytes.AsMemory(0, written), start, starts, ends);
    }

    private static int Hex(byte c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}
