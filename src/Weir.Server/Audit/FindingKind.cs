namespace Weir.Server.Audit;

/// <summary>Why a message is in the report, in the order in which to look.</summary>
internal enum FindingKind
{
    /// <summary>Somebody answered or forwarded a mail that deceives.</summary>
    Answered,

    /// <summary>It lies in sight and should not.</summary>
    InMailbox,

    /// <summary>The mailbox's owner, or somebody in that name, sent it.</summary>
    Sent,

    /// <summary>Weir calls it bad, and what the person did speaks against Weir.</summary>
    Doubtful,

    /// <summary>It lies in Junk and Weir calls it clean.</summary>
    CleanInJunk,
}
