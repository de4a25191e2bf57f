namespace Weir.Gateway.Rejudging;

/// <summary>Something that was not known when mail was judged.</summary>
/// <param name="Reason">In words, for the timeline.</param>
/// <param name="About">As in <see cref="Events.Contracts.RejudgingEnded.About"/>.</param>
/// <param name="Since">Mail received before is left alone.</param>
/// <param name="Messages">Ids of the messages that it may concern.</param>
internal sealed record NewlyKnown(string Reason, string About, DateTimeOffset Since, Func<CancellationToken, ValueTask<IReadOnlyCollection<string>>> Messages)
{
    /// <summary>What became known is what other mail has been found to be; else only the message's own time counts.</summary>
    public bool IsOfOtherMail { get; init; }

    /// <summary>As in <see cref="Contracts.RejudgingRequest.AllPlaces"/>.</summary>
    public bool AllPlaces { get; init; }

    /// <summary>Of entries of the allow/block list: it does not wait for what else is under way, but comes between its batches.</summary>
    public bool IsUrgent { get; init; }
}
