using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Weir.Mail.Authentication.Dkim;

namespace Weir.Mail.Contracts;

/// <summary>Signs messages with RSA-SHA256, relaxed/relaxed (RFC 6376). Holds a private key: one per sending domain.</summary>
public sealed class DkimSigner(string domain, string selector, RSA key)
{
    private static readonly string[] Signed = ["From", "To", "Cc", "Subject", "Date", "Message-ID", "Reply-To", "In-Reply-To", "References", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "List-Unsubscribe"];

    public string Domain => domain;

    /// <summary>The name under which the public key is published.</summary>
    public string RecordName => $"{selector}._domainkey.{domain}";

    /// <summary>The TXT record to publish.</summary>
    public string Record => $"v=DKIM1; k=rsa; p={Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())}";

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
            $" v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s={selector};\r\n\tt={at.ToUnixTimeSeconds()}; h={string.Join(':', names)};\r\n\tbh={bodyHash};\r\n\tb=");
        var text = DkimVerifier.SignedText(mail, new RawField("DKIM-Signature", unsigned), names, relaxed: true);
        var signature = Convert.ToBase64String(key.SignHash(SHA256.HashData(Encoding.Latin1.GetBytes(text)), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        var folded = string.Join("\r\n\t ", signature.Chunk(72).Select(chunk => new string(chunk)));
        return [.. Encoding.Latin1.GetBytes($"DKIM-Signature:{unsigned}{folded}\r\n"), .. raw.Span];
    }
}
