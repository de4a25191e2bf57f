using Weir.Detection.Contracts;
using Weir.Kernel;
using Weir.Mail.Contracts;

namespace Weir.Gateway.Contracts;

/// <summary>A message at one of the doors.</summary>
public sealed record IncomingMessage
{
    public required ReadOnlyMemory<byte> Raw { get; init; }
    public required Envelope Envelope { get; init; }

    /// <summary><c>milter</c>, <c>import</c>, <c>sample</c> or <c>journal</c>.</summary>
    public required string Door { get; init; }

    /// <summary>Now when absent; earlier for imported and sample mail.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>Given by the door when the id must be known before (milter); made by the intake otherwise.</summary>
    public NetworkMessageId? Id { get; init; }

    /// <summary>The recipients were read out of the message: who really got it is not known.</summary>
    public bool AreRecipientsGuessed { get; init; }

    public string? ImportedFrom { get; init; }
    public AuthenticationResults? RecordedAuthentication { get; init; }

    /// <summary>Where copies of it are known to lie already (import); recorded in the same commit.</summary>
    public IReadOnlyList<KnownPlace> Places { get; init; } = [];
}

/// <summary>A mailbox that holds the message, and where in it.</summary>
/// <param name="Location">DeliveryLocation as in the hunting schema.</param>
/// <param name="Source">Who says so, as in <see cref="Weir.Events.Contracts.DeliveryObserved.Source"/>.</param>
public sealed record KnownPlace(string Recipient, string Location, string Folder, string Source);

/// <summary>A message after intake: on disk, judged, recorded.</summary>
public sealed record AcceptedMessage(NetworkMessageId Id, JudgedMessage Judged, bool IsSecondSighting);
