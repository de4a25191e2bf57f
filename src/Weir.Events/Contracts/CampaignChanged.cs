namespace Weir.Events.Contracts;

/// <summary>What a campaign is from now on: it begins, is known better, or turns out to be part of an older one.</summary>
public sealed record CampaignChanged : Fact
{
    /// <summary>GUID text; stays while the campaign grows.</summary>
    public required string CampaignId { get; init; }

    /// <summary>Counts from 1; the highest holds.</summary>
    public required int Revision { get; init; }

    /// <summary>The sequence number of the judgement that led to it.</summary>
    public long Cause { get; init; }

    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary><c>Phish</c>, <c>Malware</c> or <c>Spam</c>.</summary>
    public string Type { get; init => field = value ?? ""; } = "";

    /// <summary>The phished brand or the family of malware; empty when unknown.</summary>
    public string Subtype { get; init => field = value ?? ""; } = "";

    public string SampleSubject { get; init => field = value ?? ""; } = "";

    /// <summary>The older campaign that this one is part of.</summary>
    public string? MergedInto { get; init; }
}
