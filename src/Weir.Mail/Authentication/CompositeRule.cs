using Weir.Mail.Authentication.Dmarc;
using Weir.Mail.Contracts;

namespace Weir.Mail.Authentication;

/// <summary>
/// One answer out of SPF, DKIM, DMARC and trusted forwarders: is the visible author who he says he is? The first line that holds decides.
/// <list type="table">
/// <item><term>300 none</term><description>there is no author to ask about</description></item>
/// <item><term>400 pass</term><description>handed in by a signed-in user of the author's domain</description></item>
/// <item><term>100 pass</term><description>DMARC passed, both SPF and DKIM agree; 101: only DKIM; 102: only SPF</description></item>
/// <item><term>130 pass</term><description>DMARC failed here, but an unbroken ARC chain says that a trusted forwarder saw it pass</description></item>
/// <item><term>000 fail</term><description>DMARC failed and the owner wants such mail rejected or quarantined</description></item>
/// <item><term>001 fail</term><description>DMARC failed; the owner only watches</description></item>
/// <item><term>003 fail</term><description>several authors of different domains, one with a policy; or an author domain that cannot be</description></item>
/// <item><term>109 pass</term><description>no policy is published, but SPF or DKIM agrees with the author's organisation</description></item>
/// <item><term>111 pass</term><description>the policy could not be asked, but SPF or DKIM agrees with the author's organisation</description></item>
/// <item><term>002 fail</term><description>no policy, but the author's own SPF record forbids this sender (-all)</description></item>
/// <item><term>301 none</term><description>DNS did not answer, so nothing is known</description></item>
/// <item><term>201 softpass</term><description>no policy; another organisation signed it (a mailing service vouches)</description></item>
/// <item><term>202 softpass</term><description>no policy; SPF passed for another organisation</description></item>
/// <item><term>203 softpass</term><description>handed in by a signed-in user under the name of another domain</description></item>
/// <item><term>302 none</term><description>the author's domain publishes nothing and nobody vouches</description></item>
/// </list>
/// </summary>
internal static class CompositeRule
{
    /// <summary>The composite and its reason, which begins with the code.</summary>
    /// <param name="trustedSealer">The trusted forwarder that saw DMARC pass; empty when there is none.</param>
    /// <param name="isOwnUser">A signed-in user handed the message in; true when the author's domain is the user's own.</param>
    public static (CompositeResult Result, string Reason) Decide(
        SpfResult spf, string spfOrganisation, DkimResult dkim, DmarcOutcome dmarc, string trustedSealer, bool hasAuthor, bool? isOwnUser)
    {
        if (!hasAuthor)
        {
            return (CompositeResult.None, "300 there is no author");
        }

        if (isOwnUser is { } own)
        {
            return own
                ? (CompositeResult.Pass, "400 handed in by a signed-in user of the author's domain")
                : (CompositeResult.SoftPass, "203 handed in by a signed-in user under another domain");
        }

        return dmarc.Result switch
        {
            DmarcResult.Pass when dmarc.IsDkimAligned && dmarc.IsSpfAligned => (CompositeResult.Pass, "100 DMARC passed: SPF and DKIM agree with the author"),
            DmarcResult.Pass when dmarc.IsDkimAligned => (CompositeResult.Pass, "101 DMARC passed: DKIM agrees with the author"),
            DmarcResult.Pass => (CompositeResult.Pass, "102 DMARC passed: SPF agrees with the author"),
            DmarcResult.Fail when trustedSealer.Length > 0 => (CompositeResult.Pass, $"130 DMARC failed here, but {trustedSealer}, a trusted forwarder, saw it pass (ARC)"),
            DmarcResult.Fail when dmarc.Policy is DmarcPolicy.Reject or DmarcPolicy.Quarantine => (CompositeResult.Fail, $"000 DMARC failed; the owner of {dmarc.Organisation} wants such mail {(dmarc.Policy == DmarcPolicy.Reject ? "rejected" : "quarantined")}"),
            DmarcResult.Fail => (CompositeResult.Fail, $"001 DMARC failed; the owner of {dmarc.Organisation} only watches"),
            DmarcResult.PermError => (CompositeResult.Fail, $"003 {dmarc.Reason}"),
            _ when dmarc.IsDkimAligned || dmarc.IsSpfAligned => dmarc.Result == DmarcResult.TempError
                ? (CompositeResult.Pass, $"111 the policy could not be asked, but {(dmarc.IsDkimAligned ? "DKIM" : "SPF")} agrees with {dmarc.Organisation}")
                : (CompositeResult.Pass, $"109 no policy, but {(dmarc.IsDkimAligned ? "DKIM" : "SPF")} agrees with {dmarc.Organisation}"),
            _ => Unaligned(spf, spfOrganisation, dkim, dmarc),
        };
    }

    private static (CompositeResult Result, string Reason) Unaligned(SpfResult spf, string spfOrganisation, DkimResult dkim, DmarcOutcome dmarc)
    {
        if (spf == SpfResult.Fail && spfOrganisation == dmarc.Organisation)
        {
            return (CompositeResult.Fail, $"002 the SPF record of {dmarc.Organisation} forbids this sender");
        }

        if (dmarc.Result == DmarcResult.TempError || spf == SpfResult.TempError || dkim == DkimResult.Timeout)
        {
            return (CompositeResult.None, "301 DNS did not answer");
        }

        if (dkim == DkimResult.Pass)
        {
            return (CompositeResult.SoftPass, "201 no policy; another organisation signed it");
        }

        return spf == SpfResult.Pass
            ? (CompositeResult.SoftPass, "202 no policy; SPF passed for another organisation")
            : (CompositeResult.None, $"302 {dmarc.Organisation} publishes nothing and nobody vouches");
    }
}
