using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Weir.Mail.Contracts;

namespace Weir.Mail.Authentication.Spf;

/// <summary>A parsed SPF record (RFC 7208 §4.6.1, §5, §6, grammar of §12).</summary>
internal sealed partial record SpfRecord(IReadOnlyList<SpfTerm> Terms, string Redirect)
{
    private const string Version = "v=spf1";
    private const int MappedPrefix = 96;

    /// <summary>A TXT record that claims to be SPF (§4.5): the version alone or followed by a space.</summary>
    public static bool IsSpf(string text) =>
        text.StartsWith(Version, StringComparison.OrdinalIgnoreCase) && (text.Length == Version.Length || text[Version.Length] == ' ');

    /// <summary>The record, or why it is none.</summary>
    public static (SpfRecord? Record, string Error) Parse(string text)
    {
        if (text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return (null, "characters outside printable ASCII");
        }

        var terms = new List<SpfTerm>();
        var redirect = "";
        var hasExplanation = false;
        foreach (var term in text[Version.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (ModifierPattern().Match(term) is { Success: true } modifier)
            {
                var value = modifier.Groups["value"].Value;
                switch (modifier.Groups["name"].Value.ToLowerInvariant())
                {
                    case "redirect" when redirect.Length > 0:
                    case "exp" when hasExplanation:
                        return (null, $"modifier twice: {term}");
                    case "redirect" when SpfMacro.IsDomainSpec(value):
                        redirect = value;
                        break;
                    case "exp" when SpfMacro.IsDomainSpec(value):
                        hasExplanation = true;
                        break;
                    case "redirect" or "exp":
                        return (null, $"bad domain in {term}");
                    default:
                        // §6: unknown modifiers are ignored, but must be well formed.
                        if (!SpfMacro.IsMacroString(value))
                        {
                            return (null, $"bad modifier {term}");
                        }

                        break;
                }
            }
            else if (ParseMechanism(term) is { } mechanism)
            {
                terms.Add(mechanism);
            }
            else
            {
                return (null, $"bad term {term}");
            }
        }

        return (new SpfRecord(terms, redirect), "");
    }

    private static SpfTerm? ParseMechanism(string term)
    {
        var qualifier = term[0] switch
        {
            '-' => SpfResult.Fail,
            '~' => SpfResult.SoftFail,
            '?' => SpfResult.Neutral,
            _ => SpfResult.Pass,
        };
        var body = term[0] is '+' or '-' or '~' or '?' ? term[1..] : term;
        if (MechanismPattern().Match(body) is not { Success: true } match)
        {
            return null;
        }

        var hasArgument = match.Groups["argument"].Success;
        var argument = match.Groups["argument"].Value;
        var cidr = match.Groups["cidr"].Value;
        return match.Groups["name"].Value.ToLowerInvariant() switch
        {
            "all" when !hasArgument && cidr.Length == 0 => new(SpfMechanism.All, qualifier, "", null, 32, 128, term),
            "include" when hasArgument => Named(SpfMechanism.Include, argument + cidr),
            "exists" when hasArgument => Named(SpfMechanism.Exists, argument + cidr),
            "ptr" when !hasArgument && cidr.Length == 0 => new(SpfMechanism.Ptr, qualifier, "", null, 32, 128, term),
            "ptr" when hasArgument => Named(SpfMechanism.Ptr, argument + cidr),
            "a" => Addressed(SpfMechanism.A),
            "mx" => Addressed(SpfMechanism.Mx),
            "ip4" when hasArgument => Numbered(SpfMechanism.Ip4, AddressFamily.InterNetwork),
            "ip6" when hasArgument => Numbered(SpfMechanism.Ip6, AddressFamily.InterNetworkV6),
            _ => null,
        };

        SpfTerm? Named(SpfMechanism mechanism, string domain) =>
            SpfMacro.IsDomainSpec(domain) ? new(mechanism, qualifier, domain, null, 32, 128, term) : null;

        SpfTerm? Addressed(SpfMechanism mechanism)
        {
            if ((hasArgument && !SpfMacro.IsDomainSpec(argument)) || DualCidrPattern().Match(cidr) is not { Success: true } prefixes)
            {
                return null;
            }

            var four = Prefix(prefixes.Groups["four"].Value, 32);
            var six = Prefix(prefixes.Groups["six"].Value, 128);
            return four < 0 || six < 0 ? null : new(mechanism, qualifier, argument, null, four, six, term);
        }

        SpfTerm? Numbered(SpfMechanism mechanism, AddressFamily family)
        {
            var widest = family == AddressFamily.InterNetwork ? 32 : 128;
            if (ParseAddress(argument, family) is not { } address || SingleCidrPattern().Match(cidr) is not { Success: true } prefix || Prefix(prefix.Groups["bits"].Value, widest) is not (>= 0 and var bits))
            {
                return null;
            }

            return new(mechanism, qualifier, "", Network(address, bits), 32, 128, term);
        }
    }

    /// <summary>The network that an address lies in.</summary>
    public static IPNetwork Network(IPAddress address, int bits)
    {
        // A mapped address names IPv4 machines, and clients are compared in that form.
        if (address.IsIPv4MappedToIPv6 && bits >= MappedPrefix)
        {
            (address, bits) = (address.MapToIPv4(), bits - MappedPrefix);
        }

        var bytes = address.GetAddressBytes();
        for (var bit = bits; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(bytes), bits);
    }

    private static IPAddress? ParseAddress(string text, AddressFamily family) => family == AddressFamily.InterNetwork
        ? Ip4Pattern().IsMatch(text) && IPAddress.TryParse(text, out var four) && four.AddressFamily == family ? four : null
        : text.Contains(':', StringComparison.Ordinal) && !text.AsSpan().ContainsAny("%[]/") && IPAddress.TryParse(text, out var six) && six.AddressFamily == family ? six : null;

    // No leading zeros (§12); absent = the whole address.
    private static int Prefix(string text, int widest)
    {
        if (text.Length == 0)
        {
            return widest;
        }

        return (text == "0" || text[0] != '0') && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits <= widest ? bits : -1;
    }

    [GeneratedRegex(@"^(?<name>[A-Za-z][A-Za-z0-9\-_.]*)=(?<value>.*)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ModifierPattern();

    // The lazy argument leaves a trailing /n, //n or /n//n to the prefix lengths; an argument may hold a slash itself.
    [GeneratedRegex(@"^(?<name>[A-Za-z][A-Za-z0-9]*)(:(?<argument>.*?))?(?<cidr>(/[0-9]+)?(//[0-9]+)?)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex MechanismPattern();

    [GeneratedRegex("^(/(?<four>[0-9]{1,3}))?(//(?<six>[0-9]{1,3}))?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex DualCidrPattern();

    [GeneratedRegex("^(/(?<bits>[0-9]{1,3}))?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex SingleCidrPattern();

    [GeneratedRegex(@"^(?:(?:0|[1-9][0-9]{0,2})\.){3}(?:0|[1-9][0-9]{0,2})$", RegexOptions.NonBacktracking)]
    private static partial Regex Ip4Pattern();
}

internal enum SpfMechanism { All, Include, A, Mx, Ptr, Ip4, Ip6, Exists }

/// <summary>One mechanism of a record.</summary>
/// <param name="Result">What a match means (the qualifier).</param>
/// <param name="Domain">Domain-spec with its macros; empty = the current domain.</param>
/// <param name="Network">Of <c>ip4</c> and <c>ip6</c>.</param>
/// <param name="Prefix4">Bits of an IPv4 address that must agree (<c>a</c>, <c>mx</c>).</param>
internal sealed record SpfTerm(SpfMechanism Mechanism, SpfResult Result, string Domain, IPNetwork? Network, int Prefix4, int Prefix6, string Written);
