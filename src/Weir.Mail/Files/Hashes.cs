using System.Security.Cryptography;

namespace Weir.Mail.Files;

/// <summary>Names of content in lower-case hex. MD5 and SHA-1 are what indicator feeds still carry; nothing is secured by them.</summary>
internal readonly record struct Hashes(string Md5, string Sha1, string Sha256)
{
    public static Hashes None { get; } = new("", "", "");

#pragma warning disable CA5350, CA5351 // Identification of known files, not protection.
    public static Hashes Of(ReadOnlySpan<byte> content) =>
        new(Convert.ToHexStringLower(MD5.HashData(content)), Convert.ToHexStringLower(SHA1.HashData(content)), Convert.ToHexStringLower(SHA256.HashData(content)));
#pragma warning restore CA5350, CA5351
}
