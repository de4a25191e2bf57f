using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Weir.Mail.Inspection.Ole;

namespace Weir.Mail.Inspection.Office;

/// <summary>How a document of Office since 2007 is encrypted (MS-OFFCRYPTO §2.3.4): the standard form of 2007 and the agile one.</summary>
internal abstract class PackageEncryption
{
    protected const int LongestPackage = 64 << 20;

    /// <summary>Rounds beyond this are there to stop a scanner; Office writes 100,000.</summary>
    private const int MostRounds = 1_000_000;

    /// <summary>What a try costs.</summary>
    public abstract double SecondsEach { get; }

    /// <summary>Nothing when the file is not encrypted in a way that is known.</summary>
    public static PackageEncryption? Of(CompoundFile file)
    {
        var info = file.Read("EncryptionInfo", 1 << 20);
        var package = file.Read("EncryptedPackage", LongestPackage);
        if (info.Length < 8 || package.Length < 8)
        {
            return null;
        }

        var (major, minor) = (BinaryPrimitives.ReadUInt16LittleEndian(info.Span), BinaryPrimitives.ReadUInt16LittleEndian(info.Span[2..]));
        return (major, minor) switch
        {
            (4, 4) => Agile.Read(info[8..], package),
            (2 or 3 or 4, 2) => Standard.Read(info[4..], package),
            _ => null,
        };
    }

    /// <summary>The document in clear; nothing when the password is wrong.</summary>
    public abstract byte[]? Open(string password);

    /// <summary>The clear bytes without what pads them.</summary>
    private static byte[] Cut(byte[] clear, ReadOnlySpan<byte> package) => clear[..(int)Math.Min((ulong)clear.Length, BinaryPrimitives.ReadUInt64LittleEndian(package))];

    private static byte[] Stretched(HashAlgorithmName hash, ReadOnlySpan<byte> salt, string password, int rounds)
    {
        byte[] start = [.. salt, .. Encoding.Unicode.GetBytes(password)];
        var current = CryptographicOperations.HashData(hash, start);
        var next = new byte[4 + current.Length];
        for (var round = 0; round < rounds; round++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(next, round);
            current.CopyTo(next, 4);
            CryptographicOperations.HashData(hash, next, current);
        }

        return current;
    }

    private static byte[] Decrypted(byte[] key, byte[]? vector, ReadOnlySpan<byte> data)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        var whole = data[..(data.Length & ~15)];
        return vector is null ? aes.DecryptEcb(whole, PaddingMode.None) : aes.DecryptCbc(whole, vector, PaddingMode.None);
    }

    private sealed class Standard(byte[] salt, byte[] verifier, byte[] verifierHash, int keyBytes, ReadOnlyMemory<byte> package) : PackageEncryption
    {
        private const int Rounds = 50_000;

        public override double SecondsEach => 0.02;

        public static Standard? Read(ReadOnlyMemory<byte> info, ReadOnlyMemory<byte> package)
        {
            var bytes = info.Span;
            if (bytes.Length < 12 || BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) is var length && (length < 32 || 8 + length + 40 > bytes.Length))
            {
                return null;
            }

            var header = bytes.Slice(8, (int)length);
            var rest = bytes[(8 + (int)length)..];
            var keyBytes = BinaryPrimitives.ReadUInt32LittleEndian(header[16..]) / 8;
            return BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) is 0x660E or 0x660F or 0x6610 && keyBytes is 16 or 24 or 32 && rest.Length >= 72
                ? new Standard(rest.Slice(4, 16).ToArray(), rest.Slice(20, 16).ToArray(), rest.Slice(40, 32).ToArray(), (int)keyBytes, package)
                : null;
        }

        public override byte[]? Open(string password)
        {
            var key = Key(Stretched(HashAlgorithmName.SHA1, salt, password, Rounds));
            var isRight = Hash(Decrypted(key, null, verifier)).AsSpan().SequenceEqual(Decrypted(key, null, verifierHash).AsSpan(0, 20));
            return isRight ? Cut(Decrypted(key, null, package.Span[8..]), package.Span) : null;
        }

        private byte[] Key(byte[] stretched)
        {
            var last = Hash([.. stretched, 0, 0, 0, 0]);
            byte[] both = [.. Hash(Padded(last, 0x36)), .. Hash(Padded(last, 0x5C))];
            return both[..keyBytes];
        }

        private static byte[] Padded(byte[] hash, byte pad)
        {
            var block = new byte[64];
            Array.Fill(block, pad);
            for (var i = 0; i < hash.Length; i++)
            {
                block[i] ^= hash[i];
            }

            return block;
        }

#pragma warning disable CA5350 // The format says SHA-1.
        private static byte[] Hash(byte[] data) => SHA1.HashData(data);
#pragma warning restore CA5350
    }

    private sealed class Agile(Agile.Parameters data, Agile.Parameters key, int rounds, byte[] input, byte[] value, byte[] encryptedKey, ReadOnlyMemory<byte> package) : PackageEncryption
    {
        private const int Segment = 4_096;

        public override double SecondsEach => Math.Max(0.005, rounds / 1_000_000.0);

        public static Agile? Read(ReadOnlyMemory<byte> info, ReadOnlyMemory<byte> package)
        {
            var xml = new XmlDocument { XmlResolver = null };
            try
            {
                xml.LoadXml(Encoding.UTF8.GetString(info.Span));
            }
            catch (XmlException)
            {
                return null;
            }

            return xml.GetElementsByTagName("*").OfType<XmlElement>().ToLookup(element => element.LocalName, StringComparer.Ordinal) is var elements
                && elements["keyData"].FirstOrDefault() is { } data && elements["encryptedKey"].FirstOrDefault() is { } key
                && Parameters.Of(data) is { } dataParameters && Parameters.Of(key) is { } keyParameters
                && int.TryParse(key.GetAttribute("spinCount"), CultureInfo.InvariantCulture, out var rounds) && rounds is >= 0 and <= MostRounds
                && Bytes(key, "encryptedVerifierHashInput") is { } input && Bytes(key, "encryptedVerifierHashValue") is { } value && Bytes(key, "encryptedKeyValue") is { } encryptedKey
                    ? new Agile(dataParameters, keyParameters, rounds, input, value, encryptedKey, package)
                    : null;
        }

        public override byte[]? Open(string password)
        {
            var stretched = Stretched(key.Hash, key.Salt, password, rounds);
            var expected = CryptographicOperations.HashData(key.Hash, Opened(stretched, [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79], input).AsSpan(0, Math.Min(input.Length, key.Salt.Length)));
            if (!Opened(stretched, [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E], value).AsSpan().StartsWith(expected))
            {
                return null;
            }

            var secret = Opened(stretched, [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6], encryptedKey)[..data.KeyBytes];
            var target = new MemoryStream();
            var packed = package.Span[8..];
            for (var segment = 0; segment * Segment < packed.Length; segment++)
            {
                var part = packed.Slice(segment * Segment, Math.Min(Segment, packed.Length - (segment * Segment)));
                byte[] seed = [.. data.Salt, .. BitConverter.GetBytes(segment)];
                target.Write(Decrypted(secret, Fitted(CryptographicOperations.HashData(data.Hash, seed), 16), part));
            }

            return Cut(target.ToArray(), package.Span);
        }

        private byte[] Opened(byte[] stretched, byte[] purpose, byte[] encrypted)
        {
            byte[] seed = [.. stretched, .. purpose];
            return Decrypted(Fitted(CryptographicOperations.HashData(key.Hash, seed), key.KeyBytes), Fitted(key.Salt, 16), encrypted);
        }

        private static byte[] Fitted(byte[] bytes, int length)
        {
            var fitted = new byte[length];
            Array.Fill(fitted, (byte)0x36);
            bytes.AsSpan(0, Math.Min(length, bytes.Length)).CopyTo(fitted);
            return fitted;
        }

        private static byte[]? Bytes(XmlElement element, string name)
        {
            var bytes = new byte[element.GetAttribute(name).Length];
            return Convert.TryFromBase64String(element.GetAttribute(name), bytes, out var length) && length is >= 16 and <= 256 ? bytes[..length] : null;
        }

        internal sealed record Parameters(HashAlgorithmName Hash, byte[] Salt, int KeyBytes)
        {
            public static Parameters? Of(XmlElement element)
            {
                HashAlgorithmName? hash = element.GetAttribute("hashAlgorithm") switch { "SHA1" or "SHA-1" => HashAlgorithmName.SHA1, "SHA256" => HashAlgorithmName.SHA256, "SHA384" => HashAlgorithmName.SHA384, "SHA512" => HashAlgorithmName.SHA512, _ => null };
                return hash is { } known && element.GetAttribute("cipherAlgorithm") == "AES" && element.GetAttribute("cipherChaining") == "ChainingModeCBC"
                    && element.GetAttribute("keyBits") is ("128" or "192" or "256") and var bits && Bytes(element, "saltValue") is { } salt
                        ? new Parameters(known, salt, int.Parse(bits, CultureInfo.InvariantCulture) / 8)
                        : null;
            }
        }
    }
}
