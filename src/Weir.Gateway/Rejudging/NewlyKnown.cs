namespace Weir.Gateway.Rejudging;

/// <summary>Something that was not known when mail was judged.</summary>
/// <param name="Reason">In words, for the timeline.</param>
/// <param name="About">As in <see cref="Events.Contracts.RejudgingEnded.About"/>.</param>
/// <param name="Since">Mail received before is left alone.</param>
/// <param name="Messages">Ids of the messages that it may concern.</param>
internal sealed record NewlyKnown(string Reason, string About, DateTimeOffset Since, Func<CancellationToken, ValueTask<IReadOnlyCollection<string>>> Messages);
