namespace Weir.Directory.Contracts;

/// <summary>A person or shared mailbox of the organisation.</summary>
public sealed record Person
{
    public required string ObjectId { get; init; }
    public required string DisplayName { get; init; }

    /// <summary>The address of the mailbox, in lower case.</summary>
    public required string Address { get; init; }

    /// <summary>Other addresses of the same mailbox, in lower case.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public MailboxKind Kind { get; init; }
    public string Department { get; init; } = "";
    public string Title { get; init; } = "";
    public string Office { get; init; } = "";
    public string? Manager { get; init; }

    /// <summary>User tags such as <c>Priority account</c>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Protected against impersonation of their name and address.</summary>
    public bool IsProtected { get; init; }

    /// <summary>Where copies of this mailbox's mail are forwarded, if anywhere.</summary>
    public string? ForwardsTo { get; init; }
}
