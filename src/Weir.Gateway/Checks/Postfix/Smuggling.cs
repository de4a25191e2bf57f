using Weir.Kernel;

namespace Weir.Gateway.Checks.Postfix;

/// <summary>
/// What keeps one message from being read as two (SMTP smuggling): a line ends in CR LF and nothing else, and a client waits for answers. Which settings there are
/// depends on Postfix's version.
/// </summary>
internal static class Smuggling
{
    public static IEnumerable<CheckResult> Look(PostfixSettings settings)
    {
        yield return settings["smtpd_forbid_bare_newline"] switch
        {
            "yes" or "normalize" or "reject" => new CheckResult(CheckState.Ok, $"Line feeds without CR do not end a message (smtpd_forbid_bare_newline = {settings["smtpd_forbid_bare_newline"]})"),
            null => new CheckResult(
                CheckState.Failed, "This Postfix takes a line feed without CR for the end of a line, and cannot be told otherwise: one message can become two behind Weir's back",
                "Upgrade it: 3.5.24, 3.6.14, 3.7.10, 3.8.5, 3.9 and later know smtpd_forbid_bare_newline."),
            var other => new CheckResult(CheckState.Failed, $"smtpd_forbid_bare_newline is {other}: one message can become two behind Weir's back", "postconf -e 'smtpd_forbid_bare_newline = reject'; postfix reload"),
        };
        var isRestricted = (settings["smtpd_data_restrictions"] ?? "").Contains("reject_unauth_pipelining", StringComparison.Ordinal);
        yield return settings["smtpd_forbid_unauth_pipelining"] switch
        {
            "yes" => new CheckResult(CheckState.Ok, "Clients that do not wait for answers are refused (smtpd_forbid_unauth_pipelining = yes)"),
            _ when isRestricted => new CheckResult(CheckState.Ok, "Clients that do not wait for the answer to DATA are refused (reject_unauth_pipelining in smtpd_data_restrictions)"),
            null => new CheckResult(CheckState.Warning, "Clients that do not wait for answers are not refused", "postconf -e 'smtpd_data_restrictions = reject_unauth_pipelining'; postfix reload"),
            var other => new CheckResult(CheckState.Warning, $"smtpd_forbid_unauth_pipelining is {other}: clients that do not wait for answers are not refused", "postconf -e 'smtpd_forbid_unauth_pipelining = yes'; postfix reload"),
        };
    }
}
