using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Weir.Mail.Authentication.Dkim;

namespace Weir.Mail.Contracts;

/// <summary>Signs messages, relaxed/relaxed (RFC 6376), with RSA-SHA256 or Ed25519 (RFC 8463). Holds a private key: one per sending domain.</summary>
public sealed class DkimSigner
{
    private static readonly string[] Signed = ["From", "To", "Cc", "Subject", "Date", "Message-ID", "Reply-To", "In-Reply-To", "References", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "List-Unsubscribe"];

    private readonly string _domain;
    private readonly string _selector;
    private readonly string _type;
    private readonly Func<byte[], byte[]> _sign;

    private DkimSigner(string domain, string selector, string type, byte[] publicKey, Func<byte[], byte[]> sign)
    {
        (_domain, _selector, _type, _sign) = (domain, selector, type, sign);
        Record = $"v=DKIM1; k={type}; p={Convert.ToBase64String(publicKey)}";
    }

    /// <summary>A signer with an RSA key of at least 2,048 bits.</summary>
    /// <param name="key">Belongs to the caller, who disposes of it after the last signature.</param>
    public DkimSigner(string domain, string selector, RSA key)
        : this(domain, selector, "rsa", key.ExportSubjectPublicKeyInfo(), hash => key.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
    {
    }

    /// <summary>A signer with a key made of 32 octets.</summary>
    public static DkimSigner Ed25519(string domain, string selector, byte[] seed)
    {
        var key = new Ed25519PrivateKeyParameters(seed);
        return new DkimSigner(domain, selector, "ed25519", key.GeneratePublicKey().GetEncoded(), hash =>
        {
            var signature = new byte[Ed25519PrivateKeyParameters.SignatureSize];
            key.Sign(Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.Algorithm.Ed25519, null, hash, 0, hash.Length, signature, 0);
            return signature;
        });
    }

    public string Domain => _domain;

    /// <summary>The name under which the public key is published.</summary>
    public string RecordName => $"{_selector}._domainkey.{_domain}";

    /// <summary>The TXT record to publish.</summary>
    public string Record { get; }

    /// <summary>The message with a DKIM-Signature field in front. From is signed once more than it occurs, so that a second one breaks the signature.</summary>
    /// <param name="raw">Header and body with CRLF line ends.</param>
    public byte[] Sign(ReadOnlyMemory<byte> raw, DateTimeOffset at)
    {
        var mail = RawMail.Read(raw);
        var names = mail.Fields
            .Select(field => field.Name)
            .Where(name => Signed.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Append("From")
            .ToList();
        var bodyHash = Convert.ToBase64String(SHA256.HashData(Canonical.Body(mail.Body.Span, relaxed: true)));
        var unsigned = string.Create(
            CultureInfo.InvariantCulture,
            $" v=1; a={_type}-sha256; c=relaxed/relaxed; d={_domain}; s={_selector};\r\n\tt={at.ToUnixTimeSeconds()}; h={string.Join(':', names)};\r\n\tbh={bodyHash};\r\n\tb=");
        var text = DkimVerifier.SignedText(mail, new RawField("DKIM-Signature", unsigned), names, relaxed: true);
        var signature = Convert.ToBase64String(_sign(SHA256.HashData(Encoding.Latin1.GetBytes(text))));
        var folded = string.Join("\r\n\t ", signature.Chunk(72).Select(chunk => new string(chunk)));
        return [.. Encoding.Latin1.GetBytes($"DKIM-Signature:{unsigned}{folded}\r\n"), .. raw.Span];
    }
}
