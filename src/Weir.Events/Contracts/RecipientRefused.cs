using Weir.Kernel;

namespace Weir.Events.Contracts;

/// <summary>A recipient that was refused at the door; such mail has no body.</summary>
public sealed record RecipientRefused : Fact
{
    /// <summary>Made for this row alone.</summary>
    public required NetworkMessageId Id { get; init; }

    public required string MailFrom { get; init; }
    public required string Recipient { get; init; }
    public required string Reply { get; init; }
    public string ClientIp { get; init => field = value ?? ""; } = "";
    public string Helo { get; init => field = value ?? ""; } = "";

    /// <summary><c>Outbound</c> when the sender is a user of the organisation who had signed in to send it; nothing for mail from outside.</summary>
    public string? EmailDirection { get; init; }
}
