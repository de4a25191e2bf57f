using Weir.Access.Contracts;

namespace Weir.Mailboxes.Contracts;

/// <summary>Everything that Weir itself mails: kept until the mail server has it, tried again while that is down, each key once.</summary>
public interface IOutbox
{
    /// <summary>Takes mail in; it is on disk when this returns. A key that is known already is left as it is. Requires <see cref="Permission.ResponseManage"/>.</summary>
    ValueTask AddAsync(Caller caller, IReadOnlyList<OutgoingMail> mail, CancellationToken cancellationToken);

    /// <summary>The newest first. Requires <see cref="Permission.SecurityDataRead"/>.</summary>
    ValueTask<IReadOnlyList<SentMail>> ListAsync(Caller caller, OutgoingState? state, int take, CancellationToken cancellationToken);
}

/// <summary>A mail to send.</summary>
/// <param name="Key">Says the same for the same mail.</param>
/// <param name="Kind">For people: <c>Quarantine digest</c>, …</param>
/// <param name="Raw">The whole message, marked as Weir's own.</param>
public sealed record OutgoingMail(string Key, string Kind, string Recipient, string Subject, ReadOnlyMemory<byte> Raw);

/// <summary>How far a mail is.</summary>
public enum OutgoingState
{
    Waiting,
    Sent,

    /// <summary>Refused for good, or tried for three days.</summary>
    Failed,
}

/// <summary>A mail of the outbox, without its content.</summary>
/// <param name="Reply">The last that the mail server said.</param>
public sealed record SentMail(string Key, string Kind, string Recipient, string Subject, OutgoingState State, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, int Attempts, string Reply);
