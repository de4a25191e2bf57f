using Weir.Mail.Contracts;

namespace Weir.Mail.Authentication.Dkim;

/// <summary>Finds the public key of a signature (RFC 6376 §3.6.2), for DKIM and ARC alike.</summary>
internal sealed class SignatureKeys(IDns dns)
{
    private const int MostRecords = 4;

    /// <summary>The key, or the result and reason of a signature without one.</summary>
    public async ValueTask<(DkimKey? Key, DkimResult Result, string Reason)> FindAsync(string domain, string selector, string algorithm, CancellationToken cancellationToken)
    {
        if (algorithm is not ("rsa-sha256" or "ed25519-sha256"))
        {
            // RFC 8301 §3.1: SHA-1 must not be trusted, so the signature counts as broken.
            return algorithm == "rsa-sha1" ? (null, DkimResult.Fail, "rsa-sha1 is not accepted (RFC 8301)") : (null, DkimResult.Error, "unknown algorithm");
        }

        var answer = await dns.QueryAsync($"{selector}._domainkey.{domain}", DnsType.Txt, cancellationToken);
        if (answer.Status is DnsStatus.Timeout or DnsStatus.ServFail)
        {
            return (null, DkimResult.Timeout, "DNS failed for the key");
        }

        if (answer.Records.Count == 0)
        {
            return (null, DkimResult.Error, "there is no key");
        }

        // §3.6.2.2: several records are undefined; the first usable one counts.
        var keys = answer.Records.Take(MostRecords).Select(text => DkimKey.Parse(text, algorithm)).ToList();
        return keys.Select(parsed => parsed.Key).FirstOrDefault(parsed => parsed is not null) is { } key
            ? (key, DkimResult.Pass, "")
            : (null, DkimResult.Error, keys[0].Error);
    }
}
