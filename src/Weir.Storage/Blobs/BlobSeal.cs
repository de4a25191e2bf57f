using System.Buffers.Binary;
using System.Security.Cryptography;
using ZstdSharp;

namespace Weir.Storage.Blobs;

/// <summary>One body, compressed and encrypted: <c>tag (16) | AES-256-GCM of [length (4, little endian) | zstd]</c>, bound to its key's id.</summary>
internal static class BlobSeal
{
    /// <summary>The largest body in bytes; bounds what reading one may allocate.</summary>
    public const int LargestBody = 256 * 1024 * 1024;

    /// <summary>The largest sealed form: zstd grows incompressible input by less than 1 in 128.</summary>
    public const int LargestSealed = LargestBody + (LargestBody / 128) + 4096;

    private const int Level = 3;
    private const int TagSize = 16;

    // The key is random and seals one body only, so a fixed nonce never repeats under a key.
    private static readonly byte[] Nonce = new byte[12];

    public static (byte[] Key, byte[] Sealed) Seal(ReadOnlySpan<byte> body, Guid keyId)
    {
        if (body.Length > LargestBody)
        {
            throw new ArgumentOutOfRangeException(nameof(body), body.Length, $"A body has at most {LargestBody} bytes.");
        }

        using var compressor = new Compressor(Level);
        var plain = new byte[sizeof(int) + Compressor.GetCompressBound(body.Length)];
        BinaryPrimitives.WriteInt32LittleEndian(plain, body.Length);
        var used = sizeof(int) + compressor.Wrap(body, plain.AsSpan(sizeof(int)));

        var key = RandomNumberGenerator.GetBytes(32);
        var sealedBody = new byte[TagSize + used];
        using var cipher = new AesGcm(key, TagSize);
        cipher.Encrypt(Nonce, plain.AsSpan(0, used), sealedBody.AsSpan(TagSize), sealedBody.AsSpan(0, TagSize), keyId.ToByteArray());
        return (key, sealedBody);
    }

    /// <summary>The body again.</summary>
    /// <exception cref="InvalidDataException">It is not what was sealed under this key.</exception>
    public static byte[] Open(ReadOnlySpan<byte> sealedBody, ReadOnlySpan<byte> key, Guid keyId)
    {
        if (sealedBody.Length < TagSize + sizeof(int))
        {
            throw new InvalidDataException("The stored body is too short.");
        }

        var plain = new byte[sealedBody.Length - TagSize];
        try
        {
            using var cipher = new AesGcm(key, TagSize);
            cipher.Decrypt(Nonce, sealedBody[TagSize..], sealedBody[..TagSize], plain, keyId.ToByteArray());

            var length = BinaryPrimitives.ReadInt32LittleEndian(plain);
            if (length is < 0 or > LargestBody)
            {
                throw new InvalidDataException("The stored body states an impossible length.");
            }

            // The buffer is the bound: a frame that holds more than it states is an error, not more memory.
            var body = new byte[length];
            using var decompressor = new Decompressor();
            var written = decompressor.Unwrap(plain.AsSpan(sizeof(int)), body);
            return written == length ? body : throw new InvalidDataException("The stored body is shorter than it states.");
        }
        catch (Exception exception) when (exception is CryptographicException or ZstdException)
        {
            throw new InvalidDataException("The stored body is damaged: " + exception.Message, exception);
        }
    }
}
