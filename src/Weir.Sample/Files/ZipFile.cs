using System.Buffers.Binary;
using System.Text;

namespace Weir.Sample.Files;

/// <summary>Zip archives without compression; with a password in the old zip encryption, as attackers use it because every program opens it.</summary>
internal static class ZipFile
{
    public static byte[] Write(IReadOnlyList<(string Name, byte[] Content)> members, string password = "", Dice? dice = null)
    {
        using var file = new MemoryStream();
        using var directory = new MemoryStream();
        foreach (var (name, content) in members)
        {
            var offset = (uint)file.Length;
            var crc = PngImage.Crc(content);
            var data = password.Length == 0 || dice is null ? content : Encrypt(content, crc, password, dice);
            var common = new byte[26];
            BinaryPrimitives.WriteUInt16LittleEndian(common, 20);
            BinaryPrimitives.WriteUInt16LittleEndian(common.AsSpan(2), (ushort)((password.Length > 0 ? 1 : 0) | 0x800));
            // 1 January 2026, midnight.
            BinaryPrimitives.WriteUInt16LittleEndian(common.AsSpan(8), ((2026 - 1980) << 9) | (1 << 5) | 1);
            BinaryPrimitives.WriteUInt32LittleEndian(common.AsSpan(10), crc);
            BinaryPrimitives.WriteUInt32LittleEndian(common.AsSpan(14), (uint)data.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(common.AsSpan(18), (uint)content.Length);
            var encoded = Encoding.UTF8.GetBytes(name);
            BinaryPrimitives.WriteUInt16LittleEndian(common.AsSpan(22), (ushort)encoded.Length);
            file.Write("PK\u0003\u0004"u8);
            file.Write(common);
            file.Write(encoded);
            file.Write(data);

            directory.Write("PK\u0001\u0002"u8);
            directory.Write([20, 0]);
            directory.Write(common);
            directory.Write(new byte[10]);
            var place = new byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(place, offset);
            directory.Write(place);
            directory.Write(encoded);
        }

        var end = new byte[18];
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(4), (ushort)members.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(6), (ushort)members.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(8), (uint)directory.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), (uint)file.Length);
        directory.WriteTo(file);
        file.Write("PK\u0005\u0006"u8);
        file.Write(end);
        return file.ToArray();
    }

    // APPNOTE 6.1: three keys, changed by every plain byte; twelve bytes in front whose last is the high byte of the checksum.
    private static byte[] Encrypt(byte[] content, uint crc, string password, Dice dice)
    {
        var keys = (First: 0x12345678u, Second: 0x23456789u, Third: 0x34567890u);
        foreach (var octet in Encoding.ASCII.GetBytes(password))
        {
            Turn(ref keys, octet);
        }

        byte[] plain = [.. dice.Bytes(11), (byte)(crc >> 24), .. content];
        for (var at = 0; at < plain.Length; at++)
        {
            var temporary = (ushort)(keys.Third | 2);
            var mask = (byte)((temporary * (temporary ^ 1)) >> 8);
            var octet = plain[at];
            plain[at] ^= mask;
            Turn(ref keys, octet);
        }

        return plain;
    }

    private static void Turn(ref (uint First, uint Second, uint Third) keys, byte octet)
    {
        keys.First = PngImage.CrcStep(keys.First, octet);
        keys.Second = ((keys.Second + (keys.First & 0xFF)) * 134775813) + 1;
        keys.Third = PngImage.CrcStep(keys.Third, (byte)(keys.Second >> 24));
    }
}
