using Weir.Kernel;

namespace Weir.Events.Contracts;

/// <summary>A message was found to belong to a campaign. The latest such fact of a message counts.</summary>
public sealed record CampaignJoined : Fact
{
    /// <summary>GUID text; the campaign that it was when this was written (<see cref="CampaignChanged.MergedInto"/>).</summary>
    public required string CampaignId { get; init; }

    public required NetworkMessageId Id { get; init; }

    /// <summary>The sequence number of the judgement that led to it.</summary>
    public long Cause { get; init; }

    /// <summary>It was judged less than the campaign (clean, bulk or spam), and is alike all the same: worth judging again.</summary>
    public bool IsLookalike { get; init; }

    /// <summary>The verdict at that time.</summary>
    public string Verdict { get; init => field = value ?? ""; } = "";

    /// <summary>What the campaign was then: a campaign may outlive the day of the log on which it began.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    public string Type { get; init => field = value ?? ""; } = "";

    public string Subtype { get; init => field = value ?? ""; } = "";

    /// <summary>The <see cref="CampaignChanged.Revision"/> of that.</summary>
    public int Revision { get; init; }

    /// <summary>What it shares with earlier messages of the campaign; empty for the message with which it begins.</summary>
    public IReadOnlyList<RecordedTie> Because { get; init => field = value ?? []; } = [];
}

/// <summary>Something that two messages of a campaign share.</summary>
public sealed record RecordedTie
{
    /// <summary><c>Body</c>, <c>Subject</c>, <c>File</c>, <c>Page</c>, <c>Host</c>, <c>Answers</c>, <c>Malware</c>, <c>Domain</c>, <c>Signer</c>, <c>Network</c> or <c>Helo</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Enough by itself; else one of another family must stand beside it.</summary>
    public bool IsStrong { get; init; }

    /// <summary>What is shared: the page, the hash, the network; of bodies the number of different bits of their fingerprints.</summary>
    public string Value { get; init => field = value ?? ""; } = "";

    /// <summary>The other message.</summary>
    public NetworkMessageId? With { get; init; }
}
