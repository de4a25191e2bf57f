using System.IO.Compression;

namespace Weir.Mail.Inspection.Pdf;

/// <summary>Content of streams as it was before it was packed. Everything of one file together is bounded.</summary>
internal sealed class PdfFilters(long mostBytes)
{
    private long _left = mostBytes;

    /// <summary>More was packed than is unpacked.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Unpacks what is packed for storage; stops before a filter of pictures.</summary>
    /// <param name="rest">The filter that was left, such as DCTDecode; empty when there is none.</param>
    public ReadOnlyMemory<byte> Decode(PdfDictionary stream, Func<object?, object?> resolve, out string rest)
    {
        rest = "";
        var content = stream.Stream;
        var filters = Many(resolve(stream["Filter"] ?? stream["F"]));
        var parameters = Many(resolve(stream["DecodeParms"] ?? stream["DP"]));
        for (var i = 0; i < Math.Min(filters.Count, 8); i++)
        {
            var name = resolve(filters[i]) is PdfName filter ? filter.Value : "";
            switch (name)
            {
                case "FlateDecode" or "Fl":
                    content = Predicted(Inflate(content), i < parameters.Count ? resolve(parameters[i]) as PdfDictionary : null, resolve);
                    break;
                case "LZWDecode" or "LZW":
                    content = Predicted(Lzw(content.Span), i < parameters.Count ? resolve(parameters[i]) as PdfDictionary : null, resolve);
                    break;
                case "ASCIIHexDecode" or "AHx":
                    content = new PdfLexer(new byte[] { (byte)'<' }.Concat(content.ToArray()).ToArray()).Read() is PdfString hex ? hex.Bytes : default;
                    break;
                case "ASCII85Decode" or "A85":
                    content = Ascii85(content.Span);
                    break;
                case "RunLengthDecode" or "RL":
                    content = RunLength(content.Span);
                    break;
                default:
                    rest = name;
                    return content;
            }
        }

        return content;
    }

    private static List<object?> Many(object? value) => value is List<object?> list ? list : value is null ? [] : [value];

    private byte[] Inflate(ReadOnlyMemory<byte> packed)
    {
        if (packed.Length < 3)
        {
            return [];
        }

        // The check sum at the end is often wrong or cut; what comes before it counts.
        var isWrapped = (packed.Span[0] & 15) == 8 && ((packed.Span[0] << 8) + packed.Span[1]) % 31 == 0;
        using var source = new DeflateStream(new MemoryStream((isWrapped ? packed[2..] : packed).ToArray(), writable: false), CompressionMode.Decompress);
        using var target = new MemoryStream();
        var buffer = new byte[1 << 15];
        try
        {
            while (source.Read(buffer) is > 0 and var count)
            {
                if (!Take(count))
                {
                    break;
                }

                target.Write(buffer, 0, count);
            }
        }
        catch (InvalidDataException)
        {
            // Readers show what came before the damage.
        }

        return target.ToArray();
    }

    private byte[] Lzw(ReadOnlySpan<byte> packed)
    {
        var output = new List<byte>();
        var table = new List<byte[]>(4_096);
        Reset(table);
        byte[]? previous = null;
        int bits = 0, held = 0, width = 9;
        foreach (var value in packed)
        {
            held = (held << 8) | value;
            bits += 8;
            if (bits < width)
            {
                continue;
            }

            bits -= width;
            var code = (held >> bits) & ((1 << width) - 1);
            held &= (1 << bits) - 1;
            if (code == 257)
            {
                break;
            }

            if (code == 256)
            {
                Reset(table);
                (width, previous) = (9, null);
                continue;
            }

            var entry = code < table.Count ? table[code] : previous is null ? null : [.. previous, previous[0]];
            if (entry is null || !Take(entry.Length))
            {
                break;
            }

            output.AddRange(entry);
            if (previous is not null && table.Count < 4_096)
            {
                table.Add([.. previous, entry[0]]);
            }

            previous = entry;
            width = table.Count >= 2_047 ? 12 : table.Count >= 1_023 ? 11 : table.Count >= 511 ? 10 : 9;
        }

        return [.. output];
    }

    private static void Reset(List<byte[]> table)
    {
        table.Clear();
        for (var i = 0; i < 258; i++)
        {
            table.Add([(byte)i]);
        }
    }

    private byte[] Ascii85(ReadOnlySpan<byte> text)
    {
        var output = new List<byte>();
        uint group = 0;
        var count = 0;
        foreach (var c in text)
        {
            if (c == '~')
            {
                break;
            }

            if (c == 'z' && count == 0)
            {
                output.AddRange([0, 0, 0, 0]);
                continue;
            }

            if (c is < (byte)'!' or > (byte)'u')
            {
                continue;
            }

            group = unchecked((group * 85) + (uint)(c - '!'));
            if (++count == 5)
            {
                output.AddRange([(byte)(group >> 24), (byte)(group >> 16), (byte)(group >> 8), (byte)group]);
                (group, count) = (0, 0);
            }
        }

        for (var i = count; i is > 1 and < 5; i++)
        {
            group = unchecked((group * 85) + 84);
            if (i == 4)
            {
                output.AddRange(new[] { (byte)(group >> 24), (byte)(group >> 16), (byte)(group >> 8) }.Take(count - 1));
            }
        }

        return Take(output.Count) ? [.. output] : [];
    }

    private byte[] RunLength(ReadOnlySpan<byte> packed)
    {
        var output = new List<byte>();
        for (var at = 0; at < packed.Length && packed[at] != 128;)
        {
            var length = packed[at++];
            var count = length < 128 ? Math.Min(length + 1, packed.Length - at) : 257 - length;
            if (at >= packed.Length || !Take(count))
            {
                break;
            }

            if (length < 128)
            {
                output.AddRange(packed.Slice(at, count));
                at += count;
            }
            else
            {
                output.AddRange(Enumerable.Repeat(packed[at++], count));
            }
        }

        return [.. output];
    }

    /// <summary>Undoes the prediction of PNG rows (ISO 32000-1 §7.4.4.4).</summary>
    private static byte[] Predicted(byte[] content, PdfDictionary? parameters, Func<object?, object?> resolve)
    {
        int Number(string key, int otherwise) => parameters is not null && resolve(parameters[key]) is double number ? (int)number : otherwise;
        if (Number("Predictor", 1) < 10)
        {
            return content;
        }

        var pixel = Math.Clamp(Number("Colors", 1), 1, 32) * Math.Clamp(Number("BitsPerComponent", 8), 1, 16);
        var left = Math.Max(1, pixel / 8);
        var row = (int)Math.Clamp(((long)pixel * Math.Max(1, Number("Columns", 1)) + 7) / 8, 1, 1 << 24);
        var rows = content.Length / (row + 1);
        var output = new byte[rows * row];
        for (var y = 0; y < rows; y++)
        {
            var kind = content[y * (row + 1)];
            var source = content.AsSpan((y * (row + 1)) + 1, row);
            var target = output.AsSpan(y * row, row);
            var above = y == 0 ? default : output.AsSpan((y - 1) * row, row);
            for (var x = 0; x < row; x++)
            {
                int a = x >= left ? target[x - left] : 0, b = y > 0 ? above[x] : 0, c = y > 0 && x >= left ? above[x - left] : 0;
                target[x] = (byte)(source[x] + kind switch { 1 => a, 2 => b, 3 => (a + b) / 2, 4 => Paeth(a, b, c), _ => 0 });
            }
        }

        return output;
    }

    private static int Paeth(int a, int b, int c)
    {
        int pa = Math.Abs(b - c), pb = Math.Abs(a - c), pc = Math.Abs(a + b - c - c);
        return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    }

    private bool Take(int count)
    {
        _left -= count;
        IsCut |= _left < 0;
        return _left >= 0;
    }
}
