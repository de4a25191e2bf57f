using Weir.Kernel;

namespace Weir.Gateway.Intake;

/// <summary>A message in a mail server's queue.</summary>
internal sealed record QueuedMail(NetworkMessageId Id, IReadOnlyList<string> Recipients, string MessageId);
