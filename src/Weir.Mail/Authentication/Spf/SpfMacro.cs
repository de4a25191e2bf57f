using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Weir.Mail.Authentication.Spf;

/// <summary>Macros of SPF (RFC 7208 §7).</summary>
internal static partial class SpfMacro
{
    private const int LongestDomain = 253;

    /// <summary>macro-string of §7.1, letters c, r and t excluded (they live in explanations only).</summary>
    public static bool IsMacroString(string text) => MacroStringPattern().IsMatch(text);

    /// <summary>domain-spec of §7.1: a macro-string that ends in a macro or in a top label that is not all digits.</summary>
    public static bool IsDomainSpec(string text)
    {
        if (text.Length == 0 || !IsMacroString(text))
        {
            return false;
        }

        return EndsInMacroPattern().IsMatch(text) || TopLabelPattern().IsMatch(text);
    }

    /// <summary>True when the text needs the validated name of the client (§5.5), which costs lookups.</summary>
    public static bool NeedsValidatedName(string text) => text.Contains("%{p", StringComparison.OrdinalIgnoreCase);

    /// <summary>A domain with its macros replaced; labels are dropped from the left until it fits 253 characters (§7.3).</summary>
    public static string ExpandDomain(string spec, SpfMacroValues values, string validatedName)
    {
        var expanded = Expand(spec, values, validatedName);
        if (expanded.EndsWith('.'))
        {
            expanded = expanded[..^1];
        }

        while (expanded.Length > LongestDomain && expanded.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot)
        {
            expanded = expanded[(dot + 1)..];
        }

        return expanded;
    }

    public static string Expand(string text, SpfMacroValues values, string validatedName)
    {
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '%' || at + 1 >= text.Length)
            {
                result.Append(text[at]);
                continue;
            }

            at++;
            switch (text[at])
            {
                case '_':
                    result.Append(' ');
                    break;
                case '-':
                    result.Append("%20");
                    break;
                case '{' when text.IndexOf('}', at) is var end && end > at + 1:
                    result.Append(ExpandOne(text[(at + 1)..end], values, validatedName));
                    at = end;
                    break;
                default:
                    result.Append(text[at]);
                    break;
            }
        }

        return result.ToString();
    }

    private static string ExpandOne(string macro, SpfMacroValues values, string validatedName)
    {
        var value = char.ToLowerInvariant(macro[0]) switch
        {
            's' => values.Sender,
            'l' => values.SenderLocal,
            'o' => values.SenderDomain,
            'd' => values.Domain,
            'i' => Dotted(values.Client),
            'p' => validatedName,
            'v' => values.Client.AddressFamily == AddressFamily.InterNetwork ? "in-addr" : "ip6",
            _ => values.Helo,
        };
        var digits = macro.Skip(1).TakeWhile(char.IsAsciiDigit).Count();
        var rest = macro[(1 + digits)..];
        var isReversed = rest.StartsWith('r') || rest.StartsWith('R');
        var delimiters = isReversed ? rest[1..] : rest;

        var labels = value.Split((delimiters.Length == 0 ? "." : delimiters).ToCharArray());
        if (isReversed)
        {
            Array.Reverse(labels);
        }

        // More than 128 labels cannot be: a larger number keeps them all.
        if (digits > 0 && int.TryParse(macro.AsSpan(1, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var keep) && keep > 0 && keep < labels.Length)
        {
            labels = labels[^keep..];
        }

        var joined = string.Join('.', labels);
        return char.IsAsciiLetterUpper(macro[0]) ? Uri.EscapeDataString(joined) : joined;
    }

    // §7.3: IPv6 as 32 nibbles with dots.
    private static string Dotted(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? address.ToString()
        : string.Join('.', Convert.ToHexStringLower(address.GetAddressBytes()).ToCharArray());

    private const string MacroExpand = @"%\{[slodiphvSLODIPHV](?:[1-9][0-9]*|0+[1-9][0-9]*)?[rR]?[.\-+,/_=]*\}|%[%_\-]";

    [GeneratedRegex($@"^(?:{MacroExpand}|[\x21-\x24\x26-\x7E])*$", RegexOptions.NonBacktracking)]
    private static partial Regex MacroStringPattern();

    [GeneratedRegex($@"(?:%\{{[slodiphvSLODIPHV][0-9]*[rR]?[.\-+,/_=]*\}}|%[%_\-])$", RegexOptions.NonBacktracking)]
    private static partial Regex EndsInMacroPattern();

    [GeneratedRegex(@"\.(?:[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*|[A-Za-z0-9]+-[A-Za-z0-9\-]*[A-Za-z0-9])\.?$", RegexOptions.NonBacktracking)]
    private static partial Regex TopLabelPattern();
}

/// <summary>What macros stand for while one domain is checked.</summary>
/// <param name="Sender"><c>local@domain</c>; the local part is never empty.</param>
/// <param name="Domain">The domain whose record is evaluated.</param>
internal sealed record SpfMacroValues(string Sender, string Domain, string Helo, IPAddress Client)
{
    public string SenderLocal => Sender[..Sender.LastIndexOf('@')];

    public string SenderDomain => Sender[(Sender.LastIndexOf('@') + 1)..];
}
