using Weir.Access.Contracts;

namespace Weir.Response.Contracts;

/// <summary>Content of messages. Every use is audited as <c>AdminMailAccess</c>, refusals too.</summary>
public interface IMessageContent
{
    /// <summary>May this caller read this message? <see cref="Permission.EmailContentRead"/>, or <see cref="Permission.QuarantineContentRead"/> while it is in quarantine.</summary>
    ValueTask<bool> MayReadAsync(Caller caller, MessageTarget target, CancellationToken cancellationToken);

    /// <summary>A token for one preview of this message by this caller, valid for 60 seconds.</summary>
    /// <exception cref="AccessDeniedException">Refused; audited.</exception>
    ValueTask<string> IssuePreviewTokenAsync(Caller caller, MessageTarget target, CancellationToken cancellationToken);

    /// <summary>The preview that a token stands for; nothing when the token is wrong, old, used, or another caller's.</summary>
    ValueTask<MessagePreview?> OpenPreviewAsync(Caller caller, string token, CancellationToken cancellationToken);

    /// <summary>The raw message. Audited.</summary>
    /// <exception cref="AccessDeniedException">Refused; audited.</exception>
    ValueTask<byte[]?> DownloadAsync(Caller caller, MessageTarget target, CancellationToken cancellationToken);

    /// <summary>The raw message for looking at its source. Audited.</summary>
    /// <exception cref="AccessDeniedException">Refused; audited.</exception>
    ValueTask<byte[]?> SourceAsync(Caller caller, MessageTarget target, CancellationToken cancellationToken);
}

/// <summary>Content of a message for reading, made harmless.</summary>
/// <param name="Html">A whole document without scripts, forms and remote content.</param>
public sealed record MessagePreview(string Html, IReadOnlyList<string> Removed);

/// <summary>Why content cannot be shown.</summary>
public enum ContentRefusal { NotFound, Erased, NotAllowed }
