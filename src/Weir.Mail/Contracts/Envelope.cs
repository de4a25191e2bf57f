namespace Weir.Mail.Contracts;

/// <summary>What the mail server was told outside the message (RFC 5321).</summary>
public sealed record Envelope
{
    /// <summary>MAIL FROM without angle brackets; empty for the null sender.</summary>
    public string MailFrom { get; init; } = "";

    /// <summary>RCPT TO addresses as the client gave them, before aliases and lists are expanded.</summary>
    public IReadOnlyList<string> Recipients { get; init; } = [];

    /// <summary>The address of the connecting client, textual; empty when unknown.</summary>
    public string ClientIp { get; init; } = "";

    /// <summary>The host name of the client as the mail server resolved it.</summary>
    public string ClientName { get; init; } = "";

    public string Helo { get; init; } = "";

    /// <summary>The mail server's queue id (Postfix macro <c>i</c>).</summary>
    public string QueueId { get; init; } = "";

    /// <summary>The authenticated user of a submission; empty otherwise.</summary>
    public string AuthenticatedUser { get; init; } = "";
}
