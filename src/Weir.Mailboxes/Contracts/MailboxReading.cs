using Weir.Mailboxes.Connectors.Imap;
using Weir.Mailboxes.Reading;

namespace Weir.Mailboxes.Contracts;

/// <summary>Opens mailboxes to read them.</summary>
public static class MailboxReading
{
    /// <summary>Maildir trees below a folder: Maildir++ and Dovecot's <c>LAYOUT=fs</c>, one mailbox or many.</summary>
    /// <param name="domains">Own domains: a mailbox whose path names no address is <c>name@domain</c> when there is one of them.</param>
    public static IReadMailboxes OfFolder(string folder, IReadOnlyList<string> domains) => new MaildirReading(folder, domains);

    /// <summary>Mailboxes of an IMAP server.</summary>
    /// <exception cref="MailboxException">The settings contradict each other.</exception>
    public static IReadMailboxes OfServer(ImapToRead settings, TimeProvider time)
    {
        var options = new ImapOptions
        {
            Host = settings.Host,
            Port = settings.Port,
            Security = settings.IsPlain ? ImapSecurity.None : settings.IsStartTls ? ImapSecurity.StartTls : ImapSecurity.Tls,
            CertificateSha256 = settings.CertificateSha256,
            MasterUser = settings.MasterUser.Length > 0 ? settings.MasterUser : settings.Mailboxes.Count > 0 ? settings.Mailboxes[0] : "",
            Login = settings.MasterUser.Length > 0 ? settings.Login : "{mailbox}",
            Password = settings.Password,
            TimeoutSeconds = settings.TimeoutSeconds,
        };
        return options.Problem() is { } problem ? throw new MailboxException(problem) : new ImapReading(options, settings.Mailboxes, time);
    }
}

/// <summary>An IMAP server and whom to read there.</summary>
public sealed record ImapToRead
{
    public required string Host { get; init; }
    public required int Port { get; init; }
    public bool IsStartTls { get; init; }

    /// <summary>Without TLS; to this machine only.</summary>
    public bool IsPlain { get; init; }

    /// <summary>SHA-256 of the server's certificate in hex, when no authority that this machine trusts signed it.</summary>
    public string CertificateSha256 { get; init; } = "";

    /// <summary>Names of mailboxes, addresses as a rule.</summary>
    public required IReadOnlyList<string> Mailboxes { get; init; }

    /// <summary>The account that may open every mailbox; empty when the one mailbox is opened by itself.</summary>
    public string MasterUser { get; init; } = "";

    /// <summary>How the master user logs in for a mailbox.</summary>
    public string Login { get; init; } = "{mailbox}*{master}";

    public required string Password { get; init; }

    /// <summary>Seconds that one command may take.</summary>
    public int TimeoutSeconds { get; init; } = 120;
}
