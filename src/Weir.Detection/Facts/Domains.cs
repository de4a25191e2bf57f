using System.Globalization;

namespace Weir.Detection.Facts;

/// <summary>Parts of domain names.</summary>
internal static class Domains
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true, UseStd3AsciiRules = false };

    /// <summary>Second levels below which countries register names.</summary>
    private static readonly HashSet<string> SecondLevels = new(StringComparer.Ordinal)
    {
        "ac", "asn", "co", "com", "ed", "edu", "gc", "go", "gob", "gouv", "gov", "govt", "id", "ind", "ltd", "me", "mil", "ne", "net", "nhs", "nic", "nom", "or", "org", "plc", "police", "res", "sa", "sch", "uk", "web",
    };

    /// <summary>
    /// The registered domain: the name below a public suffix. Names of shared hosting (a customer's site at a provider) are their own domains.
    /// An approximation without the public suffix list: right for generic and country domains with the usual second levels.
    /// </summary>
    public static string Registered(string host)
    {
        var labels = host.TrimEnd('.').ToLowerInvariant().Split('.');
        if (labels.Length <= 2 || Uri.CheckHostName(host) is UriHostNameType.IPv4 or UriHostNameType.IPv6)
        {
            return string.Join('.', labels);
        }

        var suffix = labels[^1].Length == 2 && SecondLevels.Contains(labels[^2]) ? 2 : 1;
        var registered = string.Join('.', labels[^(suffix + 1)..]);
        return KnownHosts.Shared.Contains(registered) && labels.Length > suffix + 1 ? string.Join('.', labels[^(suffix + 2)..]) : registered;
    }

    /// <summary>The label that people read as the name: <c>paypal</c> of <c>www.paypal.co.uk</c>.</summary>
    public static string Name(string host) => Registered(host) is var registered && registered.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? registered[..dot] : registered;

    /// <summary>True for the domain itself and everything below it.</summary>
    public static bool IsWithin(string host, string domain) =>
        host.Equals(domain, StringComparison.OrdinalIgnoreCase)
        || (host.Length > domain.Length && host[^(domain.Length + 1)] == '.' && host.EndsWith(domain, StringComparison.OrdinalIgnoreCase));

    public static bool AreSame(string a, string b) => a.Length > 0 && b.Length > 0 && Registered(a) == Registered(b);

    /// <summary>The name with its international letters; as it is when it is no valid IDN.</summary>
    public static string ToUnicode(string host)
    {
        if (!host.Contains("xn--", StringComparison.OrdinalIgnoreCase))
        {
            return host;
        }

        try
        {
            return Idn.GetUnicode(host);
        }
        catch (ArgumentException)
        {
            return host;
        }
    }

    /// <summary>The part after the last @, in lower case.</summary>
    public static string OfAddress(string address) => address.LastIndexOf('@') is >= 0 and var at ? address[(at + 1)..].Trim().TrimEnd('>').ToLowerInvariant() : "";
}
