using System.Text;
using Weir.Sample.Files;

namespace Weir.Sample.Twins;

/// <summary>A QR code (ISO/IEC 18004, byte mode, error correction L, mask 0, versions 1 to 5: up to 106 bytes) as a picture.</summary>
internal static class QrPicture
{
    /// <summary>By version: data codewords, error correction codewords (one block each).</summary>
    private static readonly (int Data, int Check)[] Capacities = [(19, 7), (34, 10), (55, 15), (80, 20), (108, 26)];

    public static byte[] Write(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes = bytes.Length > 106 ? bytes[..106] : bytes;
        var version = Array.FindIndex(Capacities, capacity => capacity.Data - 2 >= bytes.Length) + 1;
        return PngImage.Write(Modules(bytes, version), 4, 4);
    }

    /// <summary>Dark modules, rows first.</summary>
    public static bool[,] Modules(byte[] bytes, int version)
    {
        var (data, check) = Capacities[version - 1];
        var words = Words(bytes, data);
        byte[] all = [.. words, .. Remainder(words, check)];
        var size = 17 + (4 * version);
        var (dark, isFixed) = (new bool[size, size], new bool[size, size]);
        Patterns(dark, isFixed, version);
        Place(all, dark, isFixed);
        return dark;
    }

    private static byte[] Words(byte[] bytes, int capacity)
    {
        var bits = new List<bool>();
        void Add(int value, int count)
        {
            for (var bit = count - 1; bit >= 0; bit--)
            {
                bits.Add(((value >> bit) & 1) != 0);
            }
        }

        Add(4, 4);
        Add(bytes.Length, 8);
        foreach (var octet in bytes)
        {
            Add(octet, 8);
        }

        Add(0, Math.Min(4, (capacity * 8) - bits.Count));
        Add(0, (8 - (bits.Count % 8)) % 8);
        for (var pad = 0xEC; bits.Count < capacity * 8; pad ^= 0xEC ^ 0x11)
        {
            Add(pad, 8);
        }

        return [.. Enumerable.Range(0, capacity).Select(word => (byte)Enumerable.Range(0, 8).Aggregate(0, (value, bit) => (value << 1) | (bits[(word * 8) + bit] ? 1 : 0)))];
    }

    private static byte[] Remainder(byte[] words, int count)
    {
        var divisor = new byte[count];
        divisor[^1] = 1;
        byte root = 1;
        for (var step = 0; step < count; step++, root = Times(root, 2))
        {
            for (var at = 0; at < count; at++)
            {
                divisor[at] = (byte)(Times(divisor[at], root) ^ (at + 1 < count ? divisor[at + 1] : 0));
            }
        }

        var remainder = new byte[count];
        foreach (var word in words)
        {
            var factor = (byte)(word ^ remainder[0]);
            Array.Copy(remainder, 1, remainder, 0, count - 1);
            remainder[^1] = 0;
            for (var at = 0; at < count; at++)
            {
                remainder[at] ^= Times(divisor[at], factor);
            }
        }

        return remainder;
    }

    private static byte Times(byte left, byte right)
    {
        var product = 0;
        for (var bit = 7; bit >= 0; bit--)
        {
            product = (product << 1) ^ ((product >> 7) * 0x11D) ^ (((right >> bit) & 1) * left);
        }

        return (byte)product;
    }

    private static void Patterns(bool[,] dark, bool[,] isFixed, int version)
    {
        var size = dark.GetLength(0);
        void Set(int row, int column, bool value)
        {
            if (row >= 0 && row < size && column >= 0 && column < size)
            {
                dark[row, column] = value;
                isFixed[row, column] = true;
            }
        }

        for (var at = 0; at < size; at++)
        {
            Set(6, at, at % 2 == 0);
            Set(at, 6, at % 2 == 0);
        }

        foreach (var (row, column) in ((int, int)[])[(3, 3), (3, size - 4), (size - 4, 3)])
        {
            for (var y = -4; y <= 4; y++)
            {
                for (var x = -4; x <= 4; x++)
                {
                    Set(row + y, column + x, Math.Max(Math.Abs(x), Math.Abs(y)) is not 2 and not 4);
                }
            }
        }

        for (var y = -2; version > 1 && y <= 2; y++)
        {
            for (var x = -2; x <= 2; x++)
            {
                Set(size - 7 + y, size - 7 + x, Math.Max(Math.Abs(x), Math.Abs(y)) != 1);
            }
        }

        // Level L with mask 0, its check bits and mask already in it.
        const int format = 0b111011111000100;
        for (var bit = 0; bit < 15; bit++)
        {
            var value = ((format >> bit) & 1) != 0;
            Set(bit < 6 ? bit : bit < 8 ? bit + 1 : 8, bit < 8 ? 8 : bit == 8 ? 7 : 14 - bit, value);
            Set(bit < 8 ? 8 : size - 15 + bit, bit < 8 ? size - 1 - bit : 8, value);
        }

        Set(size - 8, 8, true);
    }

    private static void Place(byte[] words, bool[,] dark, bool[,] isFixed)
    {
        var (size, bit) = (dark.GetLength(0), 0);
        for (var right = size - 1; right >= 1; right -= 2)
        {
            right = right == 6 ? 5 : right;
            for (var step = 0; step < size; step++)
            {
                for (var side = 0; side < 2; side++)
                {
                    var column = right - side;
                    var row = ((right + 1) & 2) == 0 ? size - 1 - step : step;
                    if (!isFixed[row, column])
                    {
                        var value = bit < words.Length * 8 && ((words[bit / 8] >> (7 - (bit % 8))) & 1) != 0;
                        dark[row, column] = value ^ ((row + column) % 2 == 0);
                        bit++;
                    }
                }
            }
        }
    }
}
