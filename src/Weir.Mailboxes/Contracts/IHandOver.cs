using Weir.Access.Contracts;

namespace Weir.Mailboxes.Contracts;

/// <summary>Hands one message to the organisation's mail server, byte for byte; one attempt. What must not be lost goes through <see cref="IOutbox"/>, or through a job of one's own.</summary>
public interface IHandOver
{
    /// <summary>A mail server is configured (<c>sending</c> in <c>weir.json</c>).</summary>
    bool IsConfigured { get; }

    /// <summary>The address that Weir's own mail comes from; empty when nothing is configured.</summary>
    string From { get; }

    /// <summary>Where people reach the portal, without a slash at the end; empty when it is not configured.</summary>
    string PortalUrl { get; }

    /// <summary>Requires <see cref="Permission.QuarantineManage"/> or <see cref="Permission.ResponseManage"/>. Never throws for what the server does.</summary>
    ValueTask<HandedOver> HandOverAsync(Caller caller, MailToSend mail, CancellationToken cancellationToken);
}

/// <summary>A message for one recipient.</summary>
/// <param name="MailFrom">The envelope sender; empty for the null sender.</param>
public sealed record MailToSend(ReadOnlyMemory<byte> Raw, string MailFrom, string Recipient);

/// <summary>What the mail server did with it.</summary>
public enum HandOverOutcome
{
    /// <summary>It is the server's now.</summary>
    Taken,

    /// <summary>It was not taken: the server is down, or said 4xx. Later it may be.</summary>
    NotNow,

    /// <summary>The connection broke when all was said: taken or not, nobody knows.</summary>
    Unknown,

    /// <summary>The server said 5xx.</summary>
    Refused,
}

/// <summary>The outcome of one attempt.</summary>
/// <param name="Reply">The server's words, or why there are none.</param>
public sealed record HandedOver(HandOverOutcome Outcome, string Reply);
