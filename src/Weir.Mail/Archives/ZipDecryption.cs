using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Mail.Archives;

/// <summary>Encrypted members of ZIP files: the old cipher (APPNOTE 6.1), and AES as WinZip writes it.</summary>
internal static class ZipDecryption
{
    private const int AesMethod = 99;
    private const int OldHeader = 12;
    private const int AesMac = 10;

    private static readonly uint[] CrcTable =
        [.. Enumerable.Range(0, 256).Select(number => Enumerable.Range(0, 8).Aggregate((uint)number, (crc, _) => (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1))];

    /// <summary>The packed bytes in clear, and how they are compressed; nothing when the password is wrong as far as the first bytes tell.</summary>
    public static (int Method, byte[] Packed)? Open(ReadOnlySpan<byte> member, in ZipEntry entry, string password) =>
        entry.Method == AesMethod ? Aes(member, entry, password)
        : Old(member, entry, password) is { } packed ? (entry.Method, packed)
        : null;

    /// <summary>What one try costs at most.</summary>
    public static double SecondsEach(in ZipEntry entry) => entry.Method == AesMethod ? 0.003 : 0.0001;

    private static byte[]? Old(ReadOnlySpan<byte> member, in ZipEntry entry, string password)
    {
        if (member.Length < OldHeader)
        {
            return null;
        }

        uint first = 0x1234_5678, second = 0x2345_6789, third = 0x3456_7890;
        foreach (var b in Encoding.UTF8.GetBytes(password))
        {
            Update(b, ref first, ref second, ref third);
        }

        var clear = new byte[member.Length - OldHeader];
        for (var i = 0; i < member.Length; i++)
        {
            var key = (ushort)(third | 2);
            var b = (byte)(member[i] ^ (byte)((key * (key ^ 1)) >> 8));
            Update(b, ref first, ref second, ref third);
            if (i >= OldHeader)
            {
                clear[i - OldHeader] = b;
            }
            else if (i == OldHeader - 1 && b != entry.Check)
            {
                return null;
            }
        }

        return clear;
    }

    private static void Update(byte b, ref uint first, ref uint second, ref uint third)
    {
        first = Crc(first, b);
        second = ((second + (first & 0xFF)) * 134_775_813) + 1;
        third = Crc(third, (byte)(second >> 24));
    }

    private static uint Crc(uint crc, byte b) => (crc >> 8) ^ CrcTable[(byte)(crc ^ b)];

    private static (int Method, byte[] Packed)? Aes(ReadOnlySpan<byte> member, in ZipEntry entry, string password)
    {
        var keyLength = entry.AesStrength switch { 1 => 16, 2 => 24, 3 => 32, _ => 0 };
        var saltLength = keyLength / 2;
        if (keyLength == 0 || member.Length < saltLength + 2 + AesMac)
        {
            return null;
        }

#pragma warning disable CA5379 // The format says SHA-1.
        var keys = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), member[..saltLength], 1_000, HashAlgorithmName.SHA1, (2 * keyLength) + 2);
#pragma warning restore CA5379
        if (!member.Slice(saltLength, 2).SequenceEqual(keys.AsSpan(2 * keyLength, 2)))
        {
            return null;
        }

        var data = member[(saltLength + 2)..^AesMac];
#pragma warning disable CA5350 // The format says SHA-1.
        if (!HMACSHA1.HashData(keys.AsSpan(keyLength, keyLength), data).AsSpan(0, AesMac).SequenceEqual(member[^AesMac..]))
#pragma warning restore CA5350
        {
            return null;
        }

        return (entry.AesInnerMethod, Counted(data, keys[..keyLength]));
    }

    /// <summary>AES in counter mode with the counter in little-endian order, from 1.</summary>
    private static byte[] Counted(ReadOnlySpan<byte> data, byte[] key)
    {
        using var aes = System.Security.Cryptography.Aes.Create();
        aes.Key = key;
        var counters = new byte[(data.Length + 15) / 16 * 16];
        for (var block = 0; block < counters.Length / 16; block++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(counters.AsSpan(block * 16), block + 1L);
        }

        var stream = aes.EncryptEcb(counters, PaddingMode.None);
        var clear = new byte[data.Length];
        for (var i = 0; i < clear.Length; i++)
        {
            clear[i] = (byte)(data[i] ^ stream[i]);
        }

        return clear;
    }

    /// <summary>The content is what the directory says; of AES with its own seal the directory says nothing.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> content, in ZipEntry entry) => entry.Crc == 0 || CrcOf(content) == entry.Crc;

    public static uint CrcOf(ReadOnlySpan<byte> content)
    {
        var crc = uint.MaxValue;
        foreach (var b in content)
        {
            crc = Crc(crc, b);
        }

        return ~crc;
    }
}
