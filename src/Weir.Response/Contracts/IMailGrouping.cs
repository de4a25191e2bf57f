using Weir.Events.Contracts;

namespace Weir.Response.Contracts;

/// <summary>
/// Groups mail into campaigns in one pass over the facts of the log, with bounded memory. What it decides are facts again (<see cref="CampaignJoined"/>,
/// <see cref="CampaignChanged"/>, <see cref="CampaignLeft"/>), so that a later run remembers and does not decide anew. Not for concurrent use.
/// </summary>
public interface IMailGrouping
{
    /// <summary>Takes a fact in and says what follows from it.</summary>
    IReadOnlyList<Fact> Take(LoggedFact logged, DateTimeOffset now);

    /// <summary>Takes a fact in that was decided upon before: what was decided then is told by facts of campaigns.</summary>
    void Remember(LoggedFact logged);
}
