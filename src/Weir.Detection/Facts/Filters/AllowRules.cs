using System.Text.RegularExpressions;

namespace Weir.Detection.Facts.Filters;

/// <summary>Which rules of other filters are allow lists: they let a sender through whatever it sends.</summary>
internal static partial class AllowRules
{
    public static bool IsAllow(string rule) => Allowing().IsMatch(rule);

    // WHITELIST_SPF, USER_IN_WELCOMELIST, USER_IN_DEF_DKIM_WL, RCVD_IN_DNSWL_HI; not R_SPF_ALLOW, which says that SPF passed.
    [GeneratedRegex("WHITE_?LIST|WELCOME_?LIST|ALLOW_?LIST|(^|_)WL(_|$)|DNSWL_(HI|MED)$|^SHORTCIRCUIT$|^ALL_TRUSTED$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Allowing();
}
