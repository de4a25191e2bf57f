using Weir.Detection.Facts.Knowledge.Indicators;
using Weir.Detection.Facts.Knowledge.Lists;
using Weir.Detection.Facts.Knowledge.Reputation;
using Weir.Detection.Facts.Knowledge.Rules;

namespace Weir.Detection.Facts.Knowledge;

/// <summary>What is known of the things in a message: by lists in DNS, by indicator files, by own mail, and the analysts' rules.</summary>
internal sealed record KnownFacts
{
    public static KnownFacts Nothing { get; } = new();

    /// <summary>What the configured lists say of the client's address and of the domains of links.</summary>
    public IReadOnlyList<ListAnswer> Lists { get; init; } = [];

    /// <summary>Things in the message that stand in an indicator file.</summary>
    public IReadOnlyList<Indicator> Indicators { get; init; } = [];

    /// <summary>The address of the client that brought the message to us or to our relay; empty when unknown.</summary>
    public string ClientIp { get; init; } = "";

    /// <summary>What own mail tells of them.</summary>
    public Standings Here { get; init; } = Standings.Unknown;

    public IReadOnlyList<AnalystRule> Rules { get; init; } = [];
}
