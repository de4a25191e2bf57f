namespace Weir.Response.Contracts;

/// <summary>
/// The door for recipients who have no account: a link that Weir mailed them is exchanged for a session, once. Who holds a session is the recipient, and
/// may do with mail held from them what its quarantine policy says, and nothing else. Everything is audited under their address.
/// </summary>
public interface IOwnQuarantine
{
    /// <summary>Looks at a link without using it: opening it twice changes nothing.</summary>
    OwnLink Read(string link);

    /// <summary>Uses a link up: the recipient to whom it was mailed; nothing when it is forged, expired or used.</summary>
    ValueTask<OwnVisitor?> EnterAsync(string link, string? address, CancellationToken cancellationToken);

    /// <summary>
    /// Mails a fresh link, at most one in ten minutes to one address, and only to addresses of this organisation. What the caller is told is the same in every case.
    /// </summary>
    ValueTask SendLinkAsync(string recipient, CancellationToken cancellationToken);

    /// <summary>What is held from the visitor and what they may do with each, the newest first. What only administrators may see is not in it.</summary>
    ValueTask<IReadOnlyList<OwnMessage>> ListAsync(OwnVisitor visitor, CancellationToken cancellationToken);

    /// <summary>Asks for a release, with the verdict of now for whoever decides. False when it may not be asked for, or was already.</summary>
    ValueTask<bool> RequestAsync(OwnVisitor visitor, HeldKey key, string reason, CancellationToken cancellationToken);

    /// <summary>Releases it to the visitor. False when they may not, or it is not held any more.</summary>
    ValueTask<bool> ReleaseAsync(OwnVisitor visitor, HeldKey key, CancellationToken cancellationToken);

    /// <summary>Deletes it for good. False when they may not, or it is not held any more.</summary>
    ValueTask<bool> DeleteAsync(OwnVisitor visitor, HeldKey key, CancellationToken cancellationToken);

    /// <summary>The message made harmless; nothing when they may not see it.</summary>
    ValueTask<MessagePreview?> PreviewAsync(OwnVisitor visitor, HeldKey key, CancellationToken cancellationToken);

    /// <summary>The header as text; nothing when they may not see it.</summary>
    ValueTask<string?> HeadersAsync(OwnVisitor visitor, HeldKey key, CancellationToken cancellationToken);

    /// <summary>The message in an encrypted ZIP; nothing when they may not have it.</summary>
    /// <exception cref="ArgumentException">A password of less than eight characters.</exception>
    ValueTask<byte[]?> DownloadAsync(OwnVisitor visitor, HeldKey key, string password, CancellationToken cancellationToken);
}

/// <summary>Who looks at the mail held from them.</summary>
/// <param name="Recipient">The address, in lower case.</param>
/// <param name="Address">The network address, for the audit trail.</param>
public sealed record OwnVisitor(string Recipient, string? Address);

/// <summary>A link, read.</summary>
/// <param name="Recipient">To whom it was mailed; empty when it is forged.</param>
/// <param name="Message">The message that it leads to, when it leads to one.</param>
/// <param name="IsExpired">It is Weir's, and too old.</param>
public sealed record OwnLink(string Recipient, HeldKey? Message, bool IsExpired);

/// <summary>A held message with what its recipient may do.</summary>
/// <param name="Rights">As the quarantine policy says; dangerous mail is requested, never released.</param>
public sealed record OwnMessage(HeldMessage Message, QuarantineRights Rights);
