using Weir.Kernel;

namespace Weir.Events.Contracts;

/// <summary>A message is no longer counted to a campaign: it was judged again and is something else.</summary>
public sealed record CampaignLeft : Fact
{
    public required string CampaignId { get; init; }

    public required NetworkMessageId Id { get; init; }

    /// <summary>The sequence number of the judgement that led to it.</summary>
    public long Cause { get; init; }

    /// <summary>What it was judged now.</summary>
    public string Verdict { get; init => field = value ?? ""; } = "";
}
