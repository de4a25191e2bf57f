namespace Weir.Mail.Resolving;

/// <summary>Domain names as DNS carries them (RFC 1035 §2.3.4).</summary>
internal static class DomainName
{
    /// <summary>Lower case, no trailing dot.</summary>
    public static string Canonical(string name)
    {
        var trimmed = name.EndsWith('.') ? name[..^1] : name;
        return trimmed.ToLowerInvariant();
    }

    /// <summary>Labels of 1 to 63 octets, at most 253 altogether, visible ASCII only. Anything else is never asked.</summary>
    public static bool IsAskable(string name)
    {
        if (name.Length is 0 or > 253)
        {
            return false;
        }

        foreach (var label in name.AsSpan().Split('.'))
        {
            if (name.AsSpan(label).Length is 0 or > 63)
            {
                return false;
            }
        }

        return !name.AsSpan().ContainsAnyExceptInRange('!', '~');
    }

    /// <summary><paramref name="name"/> is <paramref name="domain"/> or lies below it.</summary>
    public static bool IsWithin(string name, string domain) =>
        name.Equals(domain, StringComparison.OrdinalIgnoreCase)
        || (name.Length > domain.Length
            && name[name.Length - domain.Length - 1] == '.'
            && name.EndsWith(domain, StringComparison.OrdinalIgnoreCase));
}
