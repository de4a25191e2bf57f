namespace Weir.Portal.OtherFilter;

/// <summary>A message that both judged.</summary>
internal sealed record ComparedMessage(string Id, DateTimeOffset At, string Verdict, string Because, string Filter, string FilterSays, string Rules, string Sender, string Recipient, string Subject);
