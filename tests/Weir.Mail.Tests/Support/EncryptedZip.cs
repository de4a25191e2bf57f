using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Weir.Mail.Archives;

namespace Weir.Mail.Tests.Support;

/// <summary>ZIP files with one encrypted member, as packers write them.</summary>
internal static class EncryptedZip
{
    /// <summary>The cipher of PKZIP.</summary>
    public static byte[] Old(string name, byte[] content, string password)
    {
        uint first = 0x12345678, second = 0x23456789, third = 0x34567890;
        void Update(byte b)
        {
            first = Crc(first, b);
            second = ((second + (byte)first) * 134775813) + 1;
            third = Crc(third, (byte)(second >> 24));
        }

        foreach (var b in Encoding.UTF8.GetBytes(password))
        {
            Update(b);
        }

        var crc = ZipDecryption.CrcOf(content);
        byte[] clear = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, (byte)(crc >> 24), .. Deflated(content)];
        var packed = new byte[clear.Length];
        for (var i = 0; i < clear.Length; i++)
        {
            var key = (ushort)(third | 2);
            packed[i] = (byte)(clear[i] ^ (byte)((key * (key ^ 1)) >> 8));
            Update(clear[i]);
        }

        return File(name, 8, crc, packed, content.Length, []);
    }

    /// <summary>AES of 256 bits as WinZip writes it.</summary>
    public static byte[] Aes(string name, byte[] content, string password)
    {
        byte[] salt = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
#pragma warning disable CA5350, CA5379 // The format says SHA-1.
        var keys = Rfc2898DeriveBytes.Pbkdf2(password, salt, 1000, HashAlgorithmName.SHA1, 66);
        using var aes = System.Security.Cryptography.Aes.Create();
        aes.Key = keys[..32];
        var data = Deflated(content);
        for (var i = 0; i < data.Length; i += 16)
        {
            var counter = new byte[16];
            BinaryPrimitives.WriteInt32LittleEndian(counter, (i / 16) + 1);
            var stream = aes.EncryptEcb(counter, PaddingMode.None);
            for (var j = i; j < Math.Min(data.Length, i + 16); j++)
            {
                data[j] ^= stream[j - i];
            }
        }

        var seal = HMACSHA1.HashData(keys[32..64], data)[..10];
#pragma warning restore CA5350, CA5379
        return File(name, 99, 0, [.. salt, .. keys[64..], .. data, .. seal], content.Length, [0x01, 0x99, 7, 0, 2, 0, (byte)'A', (byte)'E', 3, 8, 0]);
    }

    private static uint Crc(uint crc, byte b)
    {
        crc ^= b;
        for (var bit = 0; bit < 8; bit++)
        {
            crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return crc;
    }

    private static byte[] Deflated(byte[] content)
    {
        using var target = new MemoryStream();
        using (var deflate = new DeflateStream(target, CompressionMode.Compress, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return target.ToArray();
    }

    private static byte[] File(string name, ushort method, uint crc, byte[] packed, int size, byte[] extra)
    {
        using var target = new MemoryStream();
        using var writer = new BinaryWriter(target);
        void Entry()
        {
            writer.Write((ushort)1);
            writer.Write(method);
            writer.Write(0);
            writer.Write(crc);
            writer.Write(packed.Length);
            writer.Write(size);
            writer.Write((ushort)name.Length);
            writer.Write((ushort)extra.Length);
        }

        writer.Write("PK\u0003\u0004\u0014\0"u8);
        Entry();
        writer.Write(Encoding.ASCII.GetBytes(name));
        writer.Write(extra);
        writer.Write(packed);
        var directory = (int)target.Position;
        writer.Write("PK\u0001\u0002\u0014\0\u0014\0"u8);
        Entry();
        writer.Write(new byte[14]);
        writer.Write(Encoding.ASCII.GetBytes(name));
        writer.Write(extra);
        var end = (int)target.Position;
        writer.Write("PK\u0005\u0006\0\0\0\0\u0001\0\u0001\0"u8);
        writer.Write(end - directory);
        writer.Write(directory);
        writer.Write((ushort)0);
        return target.ToArray();
    }
}
