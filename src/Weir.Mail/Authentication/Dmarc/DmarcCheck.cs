using System.Globalization;
using Weir.Mail.Contracts;
using Weir.Mail.Resolving;

namespace Weir.Mail.Authentication.Dmarc;

/// <summary>DMARC (RFC 9989, which replaced RFC 7489): policy discovery by tree walk, alignment, disposition.</summary>
internal sealed class DmarcCheck(IDns dns, PublicSuffixes suffixes)
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true };
    private readonly DmarcTree _tree = new(dns);

    /// <summary>Asks for the policy and compares who vouches with who claims to write.</summary>
    /// <param name="authorDomains">Domains of all From addresses.</param>
    /// <param name="signers">Domains whose signatures are right.</param>
    /// <param name="spfDomain">The domain for which SPF passed; empty when it did not.</param>
    public async ValueTask<DmarcOutcome> RunAsync(IReadOnlyList<string> authorDomains, IReadOnlyList<string> signers, string spfDomain, CancellationToken cancellationToken)
    {
        var authors = authorDomains.Where(domain => domain.Length > 0).Select(ToAscii).Distinct(StringComparer.Ordinal).ToList();
        if (authors.Count != 1)
        {
            return authors.Count == 0
                ? new(DmarcResult.None, DmarcPolicy.Absent, "", "there is no author address")
                : await SeveralAsync(authors, cancellationToken);
        }

        var author = authors[0];
        if (!DomainName.IsAskable(author))
        {
            return new(DmarcResult.PermError, DmarcPolicy.Absent, author, "the author's domain is no domain name");
        }

        var walk = await _tree.WalkAsync(author, cancellationToken);
        var organisation = walk.Organisation ?? suffixes.OrganizationOf(author);
        if (Applicable(walk, organisation) is not { } found)
        {
            return Unpublished(author, walk, signers, spfDomain);
        }

        var dkim = false;
        foreach (var signer in signers.Take(10))
        {
            dkim = dkim || await IsAlignedAsync(signer, author, organisation, found.Record.IsDkimStrict, cancellationToken);
        }

        var spf = spfDomain.Length > 0 && await IsAlignedAsync(spfDomain, author, organisation, found.Record.IsSpfStrict, cancellationToken);
        var policy = await PolicyAsync(found, author, cancellationToken);
        return new(
            dkim || spf ? DmarcResult.Pass : DmarcResult.Fail,
            policy,
            organisation,
            $"policy of {found.Domain}; DKIM {(dkim ? "agrees" : "does not agree")}, SPF {(spf ? "agrees" : "does not agree")} with {author}",
            dkim,
            spf);
    }

    // §4.10.1: the author's own record, else that of its organisation, else that of its public suffix.
    private static DmarcStep? Applicable(DmarcWalk walk, string organisation)
    {
        if (walk.IsBroken || walk.HasSeveral || walk.Steps.Count == 0)
        {
            return null;
        }

        return walk.Steps[0].Domain == walk.Domain
            ? walk.Steps[0]
            : walk.Steps.FirstOrDefault(step => step.Domain == organisation) ?? walk.Steps.FirstOrDefault(step => step.Record.PublicSuffix == PublicSuffixFlag.Yes);
    }

    // Without a record DMARC has no answer; what the author's organisation signed or sent is still the best guess.
    private DmarcOutcome Unpublished(string author, DmarcWalk walk, IReadOnlyList<string> signers, string spfDomain)
    {
        var organisation = suffixes.OrganizationOf(author);
        var dkim = signers.Any(signer => suffixes.OrganizationOf(signer) == organisation);
        var spf = spfDomain.Length > 0 && suffixes.OrganizationOf(spfDomain) == organisation;
        var (result, reason) = walk switch
        {
            { IsBroken: true } => (DmarcResult.TempError, "DNS failed for the policy"),
            { HasSeveral: true } => (DmarcResult.None, $"{author} publishes several policies, which count as none"),
            _ when dkim || spf => (DmarcResult.BestGuessPass, $"{organisation} publishes no policy; {(dkim ? "DKIM" : "SPF")} agrees with it"),
            _ => (DmarcResult.None, $"{organisation} publishes no policy"),
        };
        return new(result, DmarcPolicy.Absent, organisation, reason, dkim, spf);
    }

    // RFC 7489 §6.6.1, RFC 9989 §11.5: authors of different domains cannot be judged together; a published policy makes that an error.
    private async ValueTask<DmarcOutcome> SeveralAsync(List<string> authors, CancellationToken cancellationToken)
    {
        var strictest = DmarcPolicy.Absent;
        foreach (var author in authors.Where(DomainName.IsAskable).Take(4))
        {
            var walk = await _tree.WalkAsync(author, cancellationToken);
            if (Applicable(walk, walk.Organisation ?? author) is { } found)
            {
                strictest = (DmarcPolicy)Math.Max((int)strictest, (int)await PolicyAsync(found, author, cancellationToken));
            }
        }

        return strictest == DmarcPolicy.Absent
            ? new(DmarcResult.None, strictest, suffixes.OrganizationOf(authors[0]), "authors of several domains, none with a policy")
            : new(DmarcResult.PermError, strictest, suffixes.OrganizationOf(authors[0]), "authors of several domains");
    }

    private async ValueTask<bool> IsAlignedAsync(string identity, string author, string organisation, bool isStrict, CancellationToken cancellationToken)
    {
        var name = ToAscii(identity);
        if (name == author || isStrict || !DomainName.IsAskable(name))
        {
            return name == author;
        }

        var walk = await _tree.WalkAsync(name, cancellationToken);
        return !walk.IsBroken && (walk.Organisation ?? suffixes.OrganizationOf(name)) == organisation;
    }

    private async ValueTask<DmarcPolicy> PolicyAsync(DmarcStep found, string author, CancellationToken cancellationToken)
    {
        var policy = found.Record.Policy;
        if (found.Domain != author)
        {
            var isMissing = found.Record.MissingPolicy != found.Record.SubdomainPolicy
                && (await dns.QueryAsync(author, DnsType.A, cancellationToken)).Status == DnsStatus.NxDomain;
            policy = isMissing ? found.Record.MissingPolicy : found.Record.SubdomainPolicy;
        }

        // §4.7, tag t: one step less while the owner tests.
        return found.Record.IsTesting && policy > DmarcPolicy.None ? policy - 1 : policy;
    }

    private static string ToAscii(string domain)
    {
        var name = DomainName.Canonical(domain);
        if (System.Text.Ascii.IsValid(name))
        {
            return name;
        }

        try
        {
            return Idn.GetAscii(name);
        }
        catch (ArgumentException)
        {
            return name;
        }
    }
}

/// <summary>What DMARC says of one message.</summary>
/// <param name="IsDkimAligned">A signature of the author's organisation is right.</param>
/// <param name="IsSpfAligned">SPF passed for the author's organisation.</param>
internal sealed record DmarcOutcome(DmarcResult Result, DmarcPolicy Policy, string Organisation, string Reason, bool IsDkimAligned = false, bool IsSpfAligned = false);
