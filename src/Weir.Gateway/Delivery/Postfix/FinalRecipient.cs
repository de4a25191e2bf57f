using Weir.Kernel;

namespace Weir.Gateway.Delivery.Postfix;

/// <summary>A recipient at the end of its way.</summary>
/// <param name="Original">The envelope recipient through which it came; the recipient itself when it was sent to directly.</param>
/// <param name="Session">The LMTP session in the reply: Dovecot's log names the same one; empty when the reply names none.</param>
internal sealed record FinalRecipient(DateTimeOffset At, NetworkMessageId Id, string Recipient, string Original, Outcome Outcome, string Reply, string Session, string MessageId);
