using Weir.Mail.Authentication.Dkim;
using Weir.Mail.Resolving;

namespace Weir.Mail.Authentication.Arc;

/// <summary>A parsed ARC-Seal field (RFC 8617 §4.1.3).</summary>
/// <param name="ChainState">What the sealer found of the chain before it (cv=): none, pass or fail.</param>
internal sealed record ArcSeal(string Algorithm, byte[] Signature, string Domain, string Selector, string ChainState)
{
    /// <summary>The seal, or why the field is none.</summary>
    public static (ArcSeal? Seal, string Error) Parse(TagList tags)
    {
        foreach (var required in (string[])["a", "b", "d", "s", "cv"])
        {
            if (tags[required] is null or "")
            {
                return (null, $"no {required}=");
            }
        }

        // A seal is over the ARC sets only: what names fields or a body is something else.
        if (tags["h"] is not null || tags["bh"] is not null)
        {
            return (null, "a seal has no h= and no bh=");
        }

        if (DkimSignature.Bytes(tags["b"]) is not { } signature)
        {
            return (null, "b= is not base64");
        }

        if (tags["cv"] is not ("none" or "pass" or "fail"))
        {
            return (null, "cv= is neither none, pass nor fail");
        }

        if (!DkimSignature.TryNumber(tags["t"], out _))
        {
            return (null, "t= is not a number");
        }

        var domain = DomainName.Canonical(tags["d"] ?? "");
        var selector = DomainName.Canonical(tags["s"] ?? "");
        return DkimSignature.IsKeyName(domain, selector)
            ? (new ArcSeal((tags["a"] ?? "").ToLowerInvariant(), signature, domain, selector, tags["cv"] ?? ""), "")
            : (null, "d= or s= is not a domain name");
    }
}
