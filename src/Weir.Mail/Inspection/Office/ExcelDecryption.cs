using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Mail.Inspection.Office;

/// <summary>Workbooks of Excel 97 to 2003 behind a password (MS-XLS §2.2.10): RC4 with a key for each kilobyte, in its two forms.</summary>
internal static class ExcelDecryption
{
    public const double SecondsEach = 0.0001;

    private const int FilePass = 0x002F;
    private const int Block = 1_024;

    /// <summary>The workbook in clear; nothing when the password is wrong or it is protected in another way.</summary>
    public static byte[]? Open(ReadOnlySpan<byte> workbook, string password)
    {
        if (Find(workbook) is not { Length: > 6 } protection || BinaryPrimitives.ReadUInt16LittleEndian(protection) != 1)
        {
            return null;
        }

        var key = BinaryPrimitives.ReadUInt16LittleEndian(protection[2..]) == 1 ? Old(protection[6..], password) : Api(protection[6..], password);
        return key is null ? null : Decrypted(workbook, key);
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> workbook)
    {
        for (int at = 0, count = 0; at + 4 <= workbook.Length && count < 50; count++)
        {
            var length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(workbook[(at + 2)..]), workbook.Length - at - 4);
            if (BinaryPrimitives.ReadUInt16LittleEndian(workbook[at..]) == FilePass)
            {
                return workbook.Slice(at + 4, length);
            }

            at += 4 + length;
        }

        return [];
    }

#pragma warning disable CA5350, CA5351 // The formats say MD5 and SHA-1.
    private static Func<int, byte[]>? Old(ReadOnlySpan<byte> data, string password)
    {
        if (data.Length < 48)
        {
            return null;
        }

        var first = MD5.HashData(Encoding.Unicode.GetBytes(password));
        var seed = new byte[16 * 21];
        for (var i = 0; i < 16; i++)
        {
            first.AsSpan(0, 5).CopyTo(seed.AsSpan(i * 21));
            data[..16].CopyTo(seed.AsSpan((i * 21) + 5));
        }

        var short5 = MD5.HashData(seed)[..5];
        byte[] Key(int block) => MD5.HashData((byte[])[.. short5, .. BitConverter.GetBytes(block)]);

        var cipher = new Rc4(Key(0));
        var verifier = cipher.Apply(data.Slice(16, 16));
        return MD5.HashData(verifier).AsSpan().SequenceEqual(cipher.Apply(data.Slice(32, 16))) ? Key : null;
    }

    private static Func<int, byte[]>? Api(ReadOnlySpan<byte> data, string password)
    {
        if (data.Length < 8 || BinaryPrimitives.ReadUInt32LittleEndian(data[4..]) is var length && (length is < 32 or > 4_096 || 8 + length + 60 > data.Length))
        {
            return null;
        }

        var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[(8 + 16)..]);
        var keyBytes = bits is 0 ? 5 : (int)Math.Min(bits / 8, 16);
        var rest = data[(8 + (int)length)..];
        var start = SHA1.HashData((byte[])[.. rest.Slice(4, 16), .. Encoding.Unicode.GetBytes(password)]);
        byte[] Key(int block)
        {
            var key = SHA1.HashData((byte[])[.. start, .. BitConverter.GetBytes(block)])[..keyBytes];
            return keyBytes == 5 ? [.. key, .. new byte[11]] : key;
        }

        var cipher = new Rc4(Key(0));
        var verifier = cipher.Apply(rest.Slice(20, 16));
        return SHA1.HashData(verifier).AsSpan().SequenceEqual(cipher.Apply(rest.Slice(40, 20))) ? Key : null;
    }
#pragma warning restore CA5350, CA5351

    /// <summary>The heads of records, and some records, stand in clear; the cipher passes over them all the same.</summary>
    private static byte[] Decrypted(ReadOnlySpan<byte> workbook, Func<int, byte[]> key)
    {
        var stream = new byte[workbook.Length];
        for (var at = 0; at < stream.Length; at += Block)
        {
            new Rc4(key(at / Block)).Apply(stream.AsSpan(at, Math.Min(Block, stream.Length - at)));
        }

        var clear = workbook.ToArray();
        for (var at = 0; at + 4 <= clear.Length;)
        {
            var id = BinaryPrimitives.ReadUInt16LittleEndian(clear.AsSpan(at));
            var length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(clear.AsSpan(at + 2)), clear.Length - at - 4);
            if (id == FilePass)
            {
                clear.AsSpan(at, 2).Clear();
            }

            if (id is not (0x0809 or FilePass or 0x00E1 or 0x0195 or 0x0194 or 0x0138 or 0x0196))
            {
                for (var i = id == 0x0085 ? 4 : 0; i < length; i++)
                {
                    clear[at + 4 + i] ^= stream[at + 4 + i];
                }
            }

            at += 4 + length;
        }

        return clear;
    }

    /// <summary>The cipher that Office used until 2007; the runtime has it no more.</summary>
    private sealed class Rc4
    {
        private readonly byte[] _state = [.. Enumerable.Range(0, 256).Select(number => (byte)number)];
        private byte _first;
        private byte _second;

        public Rc4(byte[] key)
        {
            byte other = 0;
            for (var i = 0; i < 256; i++)
            {
                other += (byte)(_state[i] + key[i % key.Length]);
                (_state[i], _state[other]) = (_state[other], _state[i]);
            }
        }

        public byte[] Apply(ReadOnlySpan<byte> data)
        {
            var result = data.ToArray();
            Apply(result.AsSpan());
            return result;
        }

        public void Apply(Span<byte> data)
        {
            foreach (ref var b in data)
            {
                _second += _state[++_first];
                (_state[_first], _state[_second]) = (_state[_second], _state[_first]);
                b ^= _state[(byte)(_state[_first] + _state[_second])];
            }
        }
    }
}
