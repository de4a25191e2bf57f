namespace Weir.Gateway.Delivery.Postfix;

/// <summary>What a line says of a message.</summary>
internal abstract record PostfixEvent;

/// <summary>A delivery agent tells what came of one recipient.</summary>
internal sealed record RecipientStatus(string Recipient, string OriginalRecipient, string Relay, string Status, string Reply) : PostfixEvent;

/// <summary>The message left the queue.</summary>
internal sealed record QueueRemoved : PostfixEvent;

/// <summary>It waited too long: those recipients that were not reached never will be.</summary>
internal sealed record QueueExpired : PostfixEvent;

/// <summary>A recipient was refused before there was a message.</summary>
internal sealed record RecipientRejected(string MailFrom, string Recipient, string Reply, string ClientIp, string Helo) : PostfixEvent;
