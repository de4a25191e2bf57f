using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Response;

namespace Weir.Bench.Campaigns;

/// <summary>Runs the grouping over facts and keeps what it said, as a reader of the log would.</summary>
internal sealed class Grouped
{
    private readonly Weir.Response.Contracts.IMailGrouping _grouping = ResponseModule.NewMailGrouping();
    private readonly Dictionary<NetworkMessageId, (string Campaign, bool IsLookalike)> _joined = [];
    private readonly Dictionary<string, CampaignChanged> _campaigns = new(StringComparer.Ordinal);
    private long _sequence;

    public TimeSpan Spent { get; private set; }

    public int Messages { get; private set; }

    public IReadOnlyCollection<CampaignChanged> Campaigns => [.. _campaigns.Values.Where(campaign => campaign.MergedInto is null)];

    public int Merged => _campaigns.Count - Campaigns.Count;

    public int Lookalikes => _joined.Values.Count(joined => joined.IsLookalike);

    public int Members => _joined.Count;

    public void Take(Fact fact)
    {
        var started = TimeProvider.System.GetTimestamp();
        var led = _grouping.Take(new LoggedFact(++_sequence, fact), fact.At);
        Spent += TimeProvider.System.GetElapsedTime(started);
        Messages += fact is MessageJudged ? 1 : 0;
        foreach (var one in led)
        {
            switch (one)
            {
                case CampaignJoined joined:
                    _joined[joined.Id] = (joined.CampaignId, joined.IsLookalike);
                    break;
                case CampaignLeft left:
                    _joined.Remove(left.Id);
                    break;
                case CampaignChanged changed:
                    _campaigns[changed.CampaignId] = changed;
                    break;
            }
        }
    }

    /// <summary>The campaign of a message; nothing when it has none.</summary>
    public CampaignChanged? Of(NetworkMessageId id)
    {
        if (!_joined.TryGetValue(id, out var joined))
        {
            return null;
        }

        var campaign = _campaigns[joined.Campaign];
        return campaign.MergedInto is { } into ? _campaigns[into] : campaign;
    }
}
