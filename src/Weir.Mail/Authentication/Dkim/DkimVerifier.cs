using System.Security.Cryptography;
using System.Text;
using Weir.Mail.Contracts;

namespace Weir.Mail.Authentication.Dkim;

/// <summary>Verifies every DKIM signature of a message (RFC 6376 §6, RFC 8301, RFC 8463).</summary>
internal sealed class DkimVerifier(IDns dns, TimeProvider time)
{
    /// <summary>Each signature costs a lookup and two hashes: more are not looked at.</summary>
    private const int MostSignatures = 10;

    private readonly SignatureKeys _keys = new(dns);

    public async ValueTask<IReadOnlyList<DkimSignatureResult>> VerifyAsync(RawMail mail, CancellationToken cancellationToken)
    {
        var results = new List<DkimSignatureResult>();
        foreach (var field in mail.Fields.Where(field => field.Name.TrimEnd(' ', '\t').Equals("DKIM-Signature", StringComparison.OrdinalIgnoreCase)))
        {
            var (signature, error, domain, selector) = DkimSignature.Parse(field.Value);
            if (results.Count >= MostSignatures)
            {
                results.Add(new(DkimResult.Ignore, domain, selector, $"more than {MostSignatures} signatures"));
                break;
            }

            var (result, reason) = signature is null ? (DkimResult.Error, error) : await VerifyAsync(mail, field, signature, cancellationToken);
            results.Add(new(result, domain, selector, reason));
        }

        return results;
    }

    /// <summary>The result that speaks for the message: the best.</summary>
    public static DkimResult Best(IReadOnlyList<DkimSignatureResult> results) =>
        results.Count == 0 ? DkimResult.None : results.Select(result => result.Result).MinBy(Rank);

    private static int Rank(DkimResult result) => result switch
    {
        DkimResult.Pass => 0,
        DkimResult.Test => 1,
        DkimResult.Timeout => 2,
        DkimResult.Fail => 3,
        DkimResult.Error => 4,
        _ => 5,
    };

    private async ValueTask<(DkimResult Result, string Reason)> VerifyAsync(RawMail mail, RawField field, DkimSignature signature, CancellationToken cancellationToken)
    {
        var (key, keyResult, keyReason) = await _keys.FindAsync(signature.Domain, signature.Selector, signature.Algorithm, cancellationToken);
        if (key is null)
        {
            return (keyResult, keyReason);
        }

        if (key.IsStrict && signature.IdentityDomain != signature.Domain)
        {
            return (DkimResult.Error, "the key does not allow subdomains in i=");
        }

        var (result, reason) = Check(mail, field, signature, key, time);
        // §3.6.1: mail of a domain in test mode is treated as unsigned, whether the signature is right or not.
        return key.IsTesting && (result is DkimResult.Pass or DkimResult.Fail)
            ? (DkimResult.Test, result == DkimResult.Pass ? "the domain is in test mode; the signature is right" : $"the domain is in test mode; {reason}")
            : (result, reason);
    }

    /// <summary>Whether a signature is right, its key known.</summary>
    public static (DkimResult Result, string Reason) Check(RawMail mail, RawField field, DkimSignature signature, DkimKey key, TimeProvider time)
    {
        if (signature.Expires is { } expires && time.GetUtcNow().ToUnixTimeSeconds() > expires)
        {
            return (DkimResult.Fail, "the signature has expired");
        }

        var length = mail.CanonicalBody(signature.IsBodyRelaxed).Length;
        if (signature.BodyLength > length)
        {
            return (DkimResult.Fail, "the body is shorter than l=");
        }

        var signedLength = (int)(signature.BodyLength ?? length);
        if (!mail.BodyHash(signature.IsBodyRelaxed, signedLength).AsSpan().SequenceEqual(signature.BodyHash))
        {
            return (DkimResult.Fail, "the body was changed");
        }

        var hash = SHA256.HashData(Encoding.Latin1.GetBytes(SignedText(mail, field, signature.SignedFields, signature.IsHeaderRelaxed)));
        var (isRight, isKeyUsable, reason) = key.Verify(hash, signature.Signature);
        if (!isRight)
        {
            return (isKeyUsable ? DkimResult.Fail : DkimResult.Error, reason);
        }

        return (DkimResult.Pass, signedLength < length ? $"{length - signedLength} octets of the body are not signed (l=)" : "");
    }

    /// <summary>The text whose hash is signed (§3.7): named fields from the last upwards, then the signature itself without b=.</summary>
    public static string SignedText(RawMail mail, RawField signatureField, IReadOnlyList<string> names, bool relaxed)
    {
        var waiting = mail.Fields
            .GroupBy(field => field.Name.TrimEnd(' ', '\t'), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => new Stack<RawField>(group), StringComparer.OrdinalIgnoreCase);
        var text = new StringBuilder();
        foreach (var name in names)
        {
            if (waiting.TryGetValue(name, out var fields) && fields.TryPop(out var next))
            {
                text.Append(Canonical.Field(next, relaxed)).Append("\r\n");
            }
        }

        return text.Append(Canonical.Field(signatureField with { Value = DkimSignature.WithoutSignature(signatureField.Value) }, relaxed)).ToString();
    }
}
