namespace Weir.Gateway.Delivery.Postfix;

/// <summary>What became of a recipient.</summary>
internal enum Outcome { Mailbox, External, Failed, Dropped }
