using System.Net;
using Weir.Mail.Authentication.Arc;
using Weir.Mail.Authentication.Dkim;
using Weir.Mail.Authentication.Dmarc;
using Weir.Mail.Authentication.Spf;
using Weir.Mail.Contracts;
using Weir.Mail.Resolving;

namespace Weir.Mail.Authentication;

/// <summary>SPF, DKIM, DMARC and ARC of one message, bounded in time and number of questions.</summary>
/// <param name="total">Longest time that DNS may take for one message.</param>
internal sealed class MailAuthenticator(IDns dns, TimeProvider time, TrustedRelays relays, TrustedSealers sealers, PublicSuffixes suffixes, TimeSpan total) : IMailAuthenticator
{
    public async ValueTask<AuthenticationResults> AuthenticateAsync(ReadOnlyMemory<byte> raw, ParsedMessage message, Envelope envelope, CancellationToken cancellationToken)
    {
        var asked = new MessageDns(dns, time, total);
        var client = relays.ClientOf(message.Received, envelope);
        // A message without an envelope (imported, analysed) was delivered with Return-Path.
        var mailFrom = envelope.MailFrom.Length > 0 || envelope.ClientIp.Length > 0 ? envelope.MailFrom : message.ReturnPath;
        var (spf, spfDomain) = IPAddress.TryParse(client.Ip, out var address)
            ? await SpfCheck.RunAsync(asked, address, mailFrom, client.Helo, cancellationToken)
            : (new SpfOutcome(SpfResult.None, "the address of the client is not known"), "");

        var mail = RawMail.Read(raw);
        var signatures = await new DkimVerifier(asked, time).VerifyAsync(mail, cancellationToken);
        var dkim = DkimVerifier.Best(signatures);
        var signers = signatures.Where(signature => signature.Result == DkimResult.Pass).Select(signature => signature.Domain).Distinct(StringComparer.Ordinal).ToList();

        List<string> authors = [.. message.From.Select(from => from.Domain)];
        var dmarc = await new DmarcCheck(asked, suffixes).RunAsync(authors, signers, spf.Result == SpfResult.Pass ? spfDomain : "", cancellationToken);
        var arc = await new ArcVerifier(asked, time).VerifyAsync(mail, cancellationToken);
        var sealer = dmarc.Result == DmarcResult.Fail ? sealers.VoucherFor(arc, mail, message.Author?.Domain ?? "") : "";
        var (composite, reason) = CompositeRule.Decide(
            spf.Result,
            spfDomain.Length == 0 ? "" : suffixes.OrganizationOf(spfDomain),
            dkim,
            dmarc,
            sealer,
            authors.Exists(domain => domain.Length > 0),
            IsOwnUser(envelope.AuthenticatedUser, message.Author?.Domain ?? ""));
        return new AuthenticationResults
        {
            Spf = spf.Result,
            SpfDomain = spfDomain,
            SpfReason = spf.Reason,
            Dkim = dkim,
            Signatures = signatures,
            Dmarc = dmarc.Result,
            Policy = dmarc.Policy,
            OrganizationalDomain = dmarc.Organisation,
            DmarcReason = dmarc.Reason,
            Arc = arc,
            TrustedSealer = sealer,
            Composite = composite,
            CompositeReason = reason,
        };
    }

    private static bool? IsOwnUser(string user, string authorDomain)
    {
        if (user.Length == 0)
        {
            return null;
        }

        var at = user.LastIndexOf('@');
        return at < 0 || user[(at + 1)..].Equals(authorDomain, StringComparison.OrdinalIgnoreCase);
    }
}
