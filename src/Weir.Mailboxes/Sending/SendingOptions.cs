using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Weir.Mailboxes.Sending;

/// <summary>The section <c>sending</c> of <c>weir.json</c>: the mail server that takes Weir's own mail, and mail released from quarantine. It must pass Weir's milter.</summary>
internal sealed record SendingOptions : IValidatableObject
{
    /// <summary>Empty: Weir sends nothing.</summary>
    public string Host { get; init; } = "";

    [Range(1, 65_535)]
    public int Port { get; init; } = 25;

    public SendingSecurity Security { get; init; } = SendingSecurity.None;

    /// <summary>SHA-256 of the server's certificate in hex, when no authority that this machine trusts signed it.</summary>
    public string CertificateSha256 { get; init; } = "";

    /// <summary>Signs in with this name; empty: without signing in.</summary>
    public string User { get; init; } = "";

    /// <summary>A file with the password as its first line.</summary>
    public string PasswordFile { get; init; } = "";

    /// <summary>The address that Weir's own mail comes from, such as <c>weir@corp.example</c>.</summary>
    public string From { get; init; } = "";

    /// <summary>Where people reach the portal, for links in Weir's mail: <c>https://weir.corp.example</c>.</summary>
    public string PortalUrl { get; init; } = "";

    /// <summary>Seconds that one step of a conversation may take.</summary>
    [Range(1, 600)]
    public int TimeoutSeconds { get; init; } = 30;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Host.Length == 0)
        {
            yield break;
        }

        if (MailboxAddress.Parse(From) is null)
        {
            yield return new ValidationResult("sending:from must be the e-mail address that Weir's own mail comes from.");
        }

        if (PortalUrl.Length > 0 && !(Uri.TryCreate(PortalUrl, UriKind.Absolute, out var portal) && portal.Scheme is "http" or "https"))
        {
            yield return new ValidationResult("sending:portalUrl must begin with https:// (or http://): it stands in links in Weir's mail.");
        }

        if (User.Length > 0 && PasswordFile.Length == 0)
        {
            yield return new ValidationResult("sending:user needs sending:passwordFile.");
        }

        if (User.Length > 0 && Security == SendingSecurity.None && !IsLoopback(Host))
        {
            yield return new ValidationResult("sending:security may be none with a password for this machine only; use tls or startTls.");
        }
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}

/// <summary>How the connection is protected.</summary>
internal enum SendingSecurity
{
    /// <summary>No protection.</summary>
    None,

    /// <summary>TLS by STARTTLS, required.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,
}
