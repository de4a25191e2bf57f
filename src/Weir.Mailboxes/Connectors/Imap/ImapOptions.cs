using System.Net;

namespace Weir.Mailboxes.Connectors.Imap;

/// <summary>An IMAP server that lets a master user into every mailbox.</summary>
internal sealed record ImapOptions
{
    public string Host { get; init; } = "";

    public int Port { get; init; } = 993;

    public ImapSecurity Security { get; init; }

    /// <summary>SHA-256 of the server's certificate in hex, when no authority that this machine trusts signed it.</summary>
    public string CertificateSha256 { get; init; } = "";

    /// <summary>The account that may open every mailbox.</summary>
    public string MasterUser { get; init; } = "";

    /// <summary>The name sent to log in (SASL authcid): <c>{mailbox}</c>, <c>{local}</c>, <c>{domain}</c> and <c>{master}</c> are filled in. Dovecot's way by default; <c>{master}</c> together with <see cref="AuthorizeAs"/> for servers with proxy authorization.</summary>
    public string Login { get; init; } = "{mailbox}*{master}";

    /// <summary>The mailbox to act as (SASL authzid), such as <c>{mailbox}</c>; empty when <see cref="Login"/> says it.</summary>
    public string AuthorizeAs { get; init; } = "";

    /// <summary>The master user's password. Better in <see cref="PasswordFile"/>.</summary>
    public string Password { get; init; } = "";

    /// <summary>A file with the password as its first line, read at each login.</summary>
    public string PasswordFile { get; init; } = "";

    /// <summary>The junk folder's name; empty: the one that the server marks <c>\Junk</c>, else <c>Junk</c>.</summary>
    public string JunkFolder { get; init; } = "";

    /// <summary>The folder of deleted items; empty: the one that the server marks <c>\Trash</c>, else <c>Trash</c>.</summary>
    public string DeletedFolder { get; init; } = "";

    /// <summary>Where soft-deleted mail waits; made when missing, never subscribed.</summary>
    public string RecoverableFolder { get; init; } = "Recoverable";

    /// <summary>Connections at most, from 1 to 64. More than eight were slower in every measurement.</summary>
    public int Connections { get; init; } = 8;

    /// <summary>Seconds that one action on one mailbox may take, from 1 to 600.</summary>
    public int TimeoutSeconds { get; init; } = 60;

    public string? Problem()
    {
        if (Host.Length == 0 || MasterUser.Length == 0 || Port is < 1 or > 65_535)
        {
            return "imap needs host, port and masterUser.";
        }

        if ((Password.Length == 0) == (PasswordFile.Length == 0))
        {
            return "imap needs either password or passwordFile.";
        }

        if (Security == ImapSecurity.None && !IsLoopback(Host))
        {
            return "imap:security may be none for this machine only: the master user's password would cross the network in the clear. Use tls or startTls.";
        }

        if (Connections is < 1 or > 64 || TimeoutSeconds is < 1 or > 600 || RecoverableFolder.Length == 0)
        {
            return "imap: connections must be 1 to 64, timeoutSeconds 1 to 600, and recoverableFolder must have a name.";
        }

        return Login.Contains("{m", StringComparison.Ordinal) || Login.Contains("{local}", StringComparison.Ordinal)
            ? null
            : "imap:login must hold {mailbox}, {local} or {master}.";
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}

/// <summary>How the connection is protected.</summary>
internal enum ImapSecurity
{
    /// <summary>TLS from the first byte (port 993).</summary>
    Tls,

    /// <summary>TLS by STARTTLS, required (port 143).</summary>
    StartTls,

    /// <summary>No protection: to this machine only.</summary>
    None,
}
