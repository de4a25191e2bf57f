using System.Net;

namespace Weir.Directory.Ldap;

/// <summary>A directory server (RFC 4511) and what to read from it. The defaults fit OpenLDAP with inetOrgPerson (RFC 2798) and Active Directory.</summary>
internal sealed record LdapOptions
{
    /// <summary><c>ldaps://HOST</c>, with a port when it is not 636; <c>ldap://</c> for this machine only.</summary>
    public string Server { get; init; } = "";

    /// <summary>A folder with the certificates (PEM, prepared with <c>openssl rehash</c>) of authorities to trust instead of this machine's.</summary>
    public string TrustedCertificates { get; init; } = "";

    /// <summary>The account that reads, as a distinguished name; empty to read without signing in.</summary>
    public string BindDn { get; init; } = "";

    /// <summary>Its password. Better in <see cref="PasswordFile"/>.</summary>
    public string Password { get; init; } = "";

    /// <summary>A file with the password as its first line, read each time.</summary>
    public string PasswordFile { get; init; } = "";

    /// <summary>Where to look, as a distinguished name.</summary>
    public string BaseDn { get; init; } = "";

    /// <summary>Which entries are people or mailboxes (RFC 4515). A class that a server does not know makes a negation of it undefined, so that nothing fits: name none.</summary>
    public string People { get; init; } = "(&(objectClass=person)(mail=*))";

    /// <summary>Which entries are lists or groups.</summary>
    public string Groups { get; init; } = "(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=posixGroup)(objectClass=group))";

    /// <summary>Minutes between two readings, 1 to 1,440.</summary>
    public int EveryMinutes { get; init; } = 15;

    /// <summary>Seconds that the server may take for an answer, 1 to 600.</summary>
    public int TimeoutSeconds { get; init; } = 60;

    public Uri? Address => Uri.TryCreate(Server, UriKind.Absolute, out var address) ? address : null;

    public string? Problem()
    {
        if (Address is not { Scheme: "ldap" or "ldaps", Host.Length: > 0 } address)
        {
            return "server must be ldaps://HOST or ldaps://HOST:PORT.";
        }

        if (address.Scheme == "ldap" && !IsLoopback(address.Host))
        {
            return "server may be ldap:// for this machine only: the password and everybody's data would cross the network in the clear. Use ldaps://.";
        }

        if (BaseDn.Length == 0)
        {
            return "name the place to look at in baseDn, such as \"dc=corp,dc=example\".";
        }

        if (BindDn.Length > 0 && (Password.Length == 0) == (PasswordFile.Length == 0))
        {
            return "bindDn needs either password or passwordFile.";
        }

        return EveryMinutes is < 1 or > 1_440 || TimeoutSeconds is < 1 or > 600 ? "everyMinutes must be 1 to 1440 and timeoutSeconds 1 to 600." : null;
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
