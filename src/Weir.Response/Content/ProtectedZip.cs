using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Response.Content;

/// <summary>A ZIP file with one entry, encrypted with AES-256 under a password (WinZip's AE-2): malware in it is not set off by whoever only touches the file.</summary>
internal static class ProtectedZip
{
    private const int SaltSize = 16;
    private const int KeySize = 32;
    private const int CheckSize = 2;
    private const int TagSize = 10;
    private const ushort Encrypted = 0x0001;
    private const ushort Utf8 = 0x0800;
    private const ushort MethodAes = 99;
    private const ushort Version = 51;

    public static byte[] Of(string name, ReadOnlySpan<byte> content, string password, DateTimeOffset now)
    {
        var body = Seal(Deflate(content), password);
        var fileName = Encoding.UTF8.GetBytes(name);
        // AES: version 2, "AE", 256 bits, then the method that was used before.
        byte[] extra = [0x01, 0x99, 7, 0, 2, 0, (byte)'A', (byte)'E', 3, 8, 0];
        using var zip = new MemoryStream();
        Write(zip, 0x04034b50);
        Common(zip, now, body.Length, content.Length, fileName.Length, extra.Length);
        zip.Write(fileName);
        zip.Write(extra);
        zip.Write(body);
        var directory = (uint)zip.Position;
        Write(zip, 0x02014b50);
        Write(zip, Version);
        Common(zip, now, body.Length, content.Length, fileName.Length, extra.Length);
        zip.Write(new byte[14]); // comment, disk, attributes; the entry begins at 0
        zip.Write(fileName);
        zip.Write(extra);
        var size = (uint)zip.Position - directory;
        Write(zip, 0x06054b50);
        zip.Write(new byte[4]);
        Write(zip, (ushort)1);
        Write(zip, (ushort)1);
        Write(zip, size);
        Write(zip, directory);
        Write(zip, (ushort)0);
        return zip.ToArray();
    }

    private static void Common(Stream zip, DateTimeOffset now, int packed, int size, int name, int extra)
    {
        Write(zip, Version);
        Write(zip, Encrypted | Utf8);
        Write(zip, MethodAes);
        Write(zip, (ushort)((now.Hour << 11) | (now.Minute << 5) | (now.Second / 2)));
        Write(zip, (ushort)(((now.Year - 1980) << 9) | (now.Month << 5) | now.Day));
        Write(zip, 0u); // AE-2 leaves the checksum out: the seal covers it
        Write(zip, (uint)packed);
        Write(zip, (uint)size);
        Write(zip, (ushort)name);
        Write(zip, (ushort)extra);
    }

    private static byte[] Deflate(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return packed.ToArray();
    }

    private static byte[] Seal(byte[] packed, string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
#pragma warning disable CA5379, CA5387 // The format fixes SHA-1 and 1,000 rounds; the strength is the password's.
        var keys = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, 1_000, HashAlgorithmName.SHA1, (2 * KeySize) + CheckSize);
#pragma warning restore CA5379, CA5387
        Encrypt(packed, keys.AsSpan(0, KeySize));
#pragma warning disable CA5350 // The format fixes HMAC-SHA1.
        var tag = HMACSHA1.HashData(keys.AsSpan(KeySize, KeySize), packed);
#pragma warning restore CA5350
        return [.. salt, .. keys[(2 * KeySize)..], .. packed, .. tag[..TagSize]];
    }

    /// <summary>Counter mode with a counter from 1, its lowest byte first.</summary>
    private static void Encrypt(byte[] data, ReadOnlySpan<byte> key)
    {
        using var cipher = Aes.Create();
        cipher.Key = key.ToArray();
        Span<byte> counter = stackalloc byte[16];
        Span<byte> pad = stackalloc byte[16];
        for (var (at, block) = (0, 1L); at < data.Length; at += 16, block++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(counter, block);
            cipher.EncryptEcb(counter, pad, PaddingMode.None);
            for (var i = 0; i < 16 && at + i < data.Length; i++)
            {
                data[at + i] ^= pad[i];
            }
        }
    }

    private static void Write(Stream zip, ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        zip.Write(bytes);
    }

    private static void Write(Stream zip, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        zip.Write(bytes);
    }
}
