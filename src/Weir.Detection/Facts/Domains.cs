using System.Globalization;
using Weir.Mail.Contracts;

namespace Weir.Detection.Facts;

/// <summary>Parts of domain names.</summary>
internal static class Domains
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true, UseStd3AsciiRules = false };

    /// <summary>The name that one owner registered. Names of shared hosting (a customer's site at a provider) are their own.</summary>
    public static string Registered(string host)
    {
        var name = host.TrimEnd('.').ToLowerInvariant();
        var registered = PublicSuffixes.OrganizationalDomain(name);
        return KnownHosts.Shared.Contains(registered) && name.Length > registered.Length + 1
            ? name[(name.LastIndexOf('.', name.Length - registered.Length - 2) + 1)..]
            : registered;
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
