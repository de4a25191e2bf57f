using System.Security.Cryptography;
using System.Text;
using Weir.Mail.Authentication.Dkim;
using Weir.Mail.Contracts;

namespace Weir.Mail.Authentication.Arc;

/// <summary>Validates the ARC chain of a message (RFC 8617 §5.2).</summary>
internal sealed class ArcVerifier(IDns dns, TimeProvider time)
{
    /// <summary>Message signatures below these are not looked at: only the newest decides, older ones tell since when the message is unchanged.</summary>
    private const int MostMessageSignatures = 10;

    /// <summary>Characters kept of what a forwarder reports.</summary>
    public const int MostReported = 4_000;

    private readonly SignatureKeys _keys = new(dns);

    public async ValueTask<ArcChain> VerifyAsync(RawMail mail, CancellationToken cancellationToken)
    {
        var (fields, error) = ArcFields.Read(mail);
        if (error.Length > 0)
        {
            return new ArcChain { Result = ArcResult.Fail, Reason = error };
        }

        if (fields.Count == 0)
        {
            return ArcChain.None;
        }

        var wrong = Claimed(fields);
        if (wrong.Length > 0)
        {
            // §5.2, steps 2 and 3B: such a chain is over, whatever its signatures say.
            return new ArcChain { Result = ArcResult.Fail, Reason = wrong, Sets = [.. fields.Select(set => Shown(set, default, default))] };
        }

        var (signatures, oldest) = await SignaturesAsync(mail, fields, cancellationToken);
        var seals = await SealsAsync(fields, cancellationToken);
        var newest = fields[^1].Instance;
        wrong = signatures[newest] is { Result: not DkimResult.Pass } broken
            ? $"ARC-Message-Signature i={newest}: {broken.Reason}"
            : seals.FirstOrDefault(seal => seal.Value.Result != DkimResult.Pass) is { Key: > 0 } open ? $"ARC-Seal i={open.Key}: {open.Value.Reason}" : "";
        return new ArcChain
        {
            Result = wrong.Length == 0 ? ArcResult.Pass : ArcResult.Fail,
            Reason = wrong,
            OldestPass = wrong.Length == 0 ? oldest : 0,
            Sets = [.. fields.Select(set => Shown(set, signatures.GetValueOrDefault(set.Instance), seals.GetValueOrDefault(set.Instance)))],
        };
    }

    /// <summary>What the sealers claim of the chain before them must begin with none and go on with pass.</summary>
    private static string Claimed(IReadOnlyList<ArcFields> fields)
    {
        var newest = fields[^1];
        if (newest.ParsedSeal.ChainState == "fail")
        {
            return $"{newest.ParsedSeal.Domain} (i={newest.Instance}) found the chain broken";
        }

        return fields.FirstOrDefault(set => set.ParsedSeal.ChainState != (set.Instance == 1 ? "none" : "pass")) is { } odd
            ? $"ARC-Seal i={odd.Instance} says cv={odd.ParsedSeal.ChainState}"
            : "";
    }

    /// <summary>Message signatures from the newest down to the first that is broken; and the lowest that holds, 0 when all do (step 5).</summary>
    private async ValueTask<(Dictionary<int, Found> Signatures, int Oldest)> SignaturesAsync(RawMail mail, IReadOnlyList<ArcFields> fields, CancellationToken cancellationToken)
    {
        var found = new Dictionary<int, Found>();
        foreach (var set in fields.Reverse().Take(MostMessageSignatures))
        {
            var signature = set.MessageSignature;
            var (key, result, reason) = await _keys.FindAsync(signature.Domain, signature.Selector, signature.Algorithm, cancellationToken);
            found[set.Instance] = key is null ? new(result, reason) : Tested(key, DkimVerifier.Check(mail, set.Signature, signature, key, time));
            if (found[set.Instance].Result != DkimResult.Pass)
            {
                return (found, set.Instance + 1);
            }
        }

        return (found, fields.Count > MostMessageSignatures ? fields.Count - MostMessageSignatures + 1 : 0);
    }

    /// <summary>Every seal is over the canonical fields of all sets up to its own, the last seal without its signature (§5.1.1).</summary>
    private async ValueTask<SortedDictionary<int, Found>> SealsAsync(IReadOnlyList<ArcFields> fields, CancellationToken cancellationToken)
    {
        var found = new SortedDictionary<int, Found>();
        var below = new StringBuilder();
        foreach (var set in fields)
        {
            below.Append(Canonical.Field(set.Results, relaxed: true)).Append("\r\n").Append(Canonical.Field(set.Signature, relaxed: true)).Append("\r\n");
            var seal = set.ParsedSeal;
            var (key, result, reason) = await _keys.FindAsync(seal.Domain, seal.Selector, seal.Algorithm, cancellationToken);
            found[set.Instance] = key is null ? new(result, reason) : Tested(key, Check(key, seal, below, set.Seal));
            below.Append(Canonical.Field(set.Seal, relaxed: true)).Append("\r\n");
        }

        return found;
    }

    private static (DkimResult Result, string Reason) Check(DkimKey key, ArcSeal seal, StringBuilder below, RawField field)
    {
        var text = below + Canonical.Field(field with { Value = DkimSignature.WithoutSignature(field.Value) }, relaxed: true);
        var (isRight, isKeyUsable, reason) = key.Verify(SHA256.HashData(Encoding.Latin1.GetBytes(text)), seal.Signature);
        return (isRight ? DkimResult.Pass : isKeyUsable ? DkimResult.Fail : DkimResult.Error, reason);
    }

    // RFC 6376 §3.6.1: what a domain in test mode signed counts as unsigned.
    private static Found Tested(DkimKey key, (DkimResult Result, string Reason) found) =>
        key.IsTesting && found.Result == DkimResult.Pass ? new(DkimResult.Test, "the domain is in test mode") : new(found.Result, found.Reason);

    private static ArcSet Shown(ArcFields set, Found signature, Found seal) => new()
    {
        Instance = set.Instance,
        Domain = set.ParsedSeal.Domain,
        Selector = set.ParsedSeal.Selector,
        MessageSignature = signature.Result,
        Seal = seal.Result,
        IsAuthorSigned = set.MessageSignature.SignedFields.Contains("from", StringComparer.OrdinalIgnoreCase),
        Reason = string.Join("; ", new[] { signature.Reason, seal.Reason }.Where(reason => !string.IsNullOrEmpty(reason)).Distinct(StringComparer.Ordinal)),
        ReportedResults = set.Reported.Length > MostReported ? set.Reported[..MostReported] : set.Reported,
    };

    private readonly record struct Found(DkimResult Result, string Reason);
}
