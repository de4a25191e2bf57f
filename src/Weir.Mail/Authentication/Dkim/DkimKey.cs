using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Weir.Mail.Authentication.Dkim;

/// <summary>A public key record (RFC 6376 §3.6.1, RFC 8463).</summary>
/// <param name="IsTesting">t=y: the domain tries DKIM out.</param>
/// <param name="IsStrict">t=s: i= must name exactly d=.</param>
internal sealed record DkimKey(string Type, byte[] Material, bool IsTesting, bool IsStrict)
{
    /// <summary>RFC 8301 §3.2.</summary>
    public const int SmallestRsaBits = 1024;

    /// <summary>Larger keys only cost time: an attacker publishes what he likes.</summary>
    public const int LargestRsaBits = 8192;

    private const int Ed25519KeySize = 32;
    private const int Ed25519SignatureSize = 64;

    /// <summary>The key that a TXT record holds for a signature of this algorithm, or why it holds none.</summary>
    public static (DkimKey? Key, string Error) Parse(string text, string algorithm)
    {
        if (TagList.ParseStrict(text) is not { } tags)
        {
            return (null, "malformed key record");
        }

        if (tags["v"] is { } version && (version != "DKIM1" || tags.First != "v"))
        {
            return (null, "unknown version of the key record");
        }

        var type = tags["k"] ?? "rsa";
        if (!algorithm.StartsWith(type + "-", StringComparison.Ordinal))
        {
            return (null, $"key of type {type} for {algorithm}");
        }

        var hash = algorithm[(type.Length + 1)..];
        if (tags["h"] is { } hashes && !Has(hashes, hash))
        {
            return (null, $"the key does not allow {hash}");
        }

        if (tags["s"] is { } uses && !Has(uses, "*") && !Has(uses, "email"))
        {
            return (null, "the key is not for e-mail");
        }

        if (tags["p"] is not { } material)
        {
            return (null, "the key record has no key");
        }

        if (material.Length == 0)
        {
            return (null, "the key is revoked");
        }

        if (DkimSignature.Bytes(material) is not { } bytes)
        {
            return (null, "the key is not base64");
        }

        return type == "ed25519" && bytes.Length != Ed25519KeySize
            ? (null, "the Ed25519 key has not 32 octets")
            : (new DkimKey(type, bytes, Has(tags["t"] ?? "", "y"), Has(tags["t"] ?? "", "s")), "");
    }

    /// <summary>Whether the signature over the SHA-256 hash is right; else the reason.</summary>
    public (bool IsRight, bool IsKeyUsable, string Reason) Verify(ReadOnlySpan<byte> sha256, byte[] signature)
    {
        if (Type == "ed25519")
        {
            // RFC 8463 §3: PureEdDSA over the hash.
            var hash = sha256.ToArray();
            return signature.Length == Ed25519SignatureSize && Ed25519.Verify(signature, 0, Material, 0, hash, 0, hash.Length)
                ? (true, true, "")
                : (false, true, "the signature does not match");
        }

        using var rsa = RSA.Create();
        if (!TryImport(rsa))
        {
            return (false, false, "the key cannot be read");
        }

        if (rsa.KeySize is < SmallestRsaBits or > LargestRsaBits)
        {
            return (false, false, $"a key of {rsa.KeySize} bits is not accepted");
        }

        return rsa.VerifyHash(sha256, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            ? (true, true, "")
            : (false, true, "the signature does not match");
    }

    // The key is a SubjectPublicKeyInfo; a bare RSAPublicKey is as common (erratum 3017 to RFC 6376).
    private bool TryImport(RSA rsa)
    {
        try
        {
            rsa.ImportSubjectPublicKeyInfo(Material, out _);
            return true;
        }
        catch (CryptographicException)
        {
            try
            {
                rsa.ImportRSAPublicKey(Material, out _);
                return true;
            }
            catch (CryptographicException)
            {
                return false;
            }
        }
    }

    private static bool Has(string list, string value) =>
        list.Split(':').Any(item => item.Trim(' ', '\t', '\r', '\n') == value);
}
