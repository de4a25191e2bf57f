using Weir.Kernel;

namespace Weir.Response.Campaigns;

/// <summary>A message as the grouping remembers it.</summary>
internal sealed class GroupedMail
{
    public required NetworkMessageId Id { get; init; }

    /// <summary>When it was received, in minutes since 2000, UTC.</summary>
    public required int Minute { get; init; }

    public required Trait[] Traits { get; init; }

    public MailClass Class { get; set; }

    /// <summary>Its verdict, in the record's spelling.</summary>
    public string Verdict { get; set; } = "";

    /// <summary>The campaign it joined; nothing while it is alone.</summary>
    public CampaignState? Joined { get; set; }

    /// <summary>The campaign that this one is part of now.</summary>
    public CampaignState? Campaign => Joined?.Root;
}

/// <summary>What a verdict means to the grouping.</summary>
internal enum MailClass : byte { Good, Spam, Attack }
