using System.ComponentModel.DataAnnotations;

namespace Weir.Detection;

/// <summary>Section <c>detection</c> of <c>weir.json</c>.</summary>
internal sealed record DetectionOptions
{
    /// <summary>Of before there were policies: taken over once, at the first start that finds none. The mode is changed while Weir runs.</summary>
    public Mode? Mode { get; init; }

    /// <summary>Where clamd listens: <c>unix:/path/clamd.ctl</c> or <c>host:port</c>; empty when there is none.</summary>
    public string Clamd { get; init; } = "";

    /// <summary>Seconds for one scan, connecting included.</summary>
    [Range(1, 300)]
    public int ClamdTimeoutSeconds { get; init; } = 20;

    /// <summary>The most bytes sent to clamd (its StreamMaxLength); a longer message is scanned in its beginning only and a signal says so.</summary>
    [Range(1 << 16, 1 << 30)]
    public int ClamdMostBytes { get; init; } = 25 << 20;

    /// <summary>Block lists in DNS that are asked for the client's address, such as <c>bl.example.org</c>; none by default. Their owners set terms of use.</summary>
    public IReadOnlyList<string> Dnsbl { get; init; } = [];

    /// <summary>Block lists in DNS that are asked for the domains of links; none by default.</summary>
    public IReadOnlyList<string> Uribl { get; init; } = [];

    /// <summary>Milliseconds that all questions to block lists may take for one message.</summary>
    [Range(50, 10_000)]
    public int DnsListMilliseconds { get; init; } = 1_500;

    /// <summary>A folder of files of known bad hashes, addresses and domains; <c>indicators</c> in the data directory when empty.</summary>
    public string IndicatorsFolder { get; init; } = "";

    /// <summary>The analysts' rules; <c>rules.txt</c> in the data directory when empty. A missing file is no rules.</summary>
    public string RulesFile { get; init; } = "";

    /// <summary>Seconds that all detectors together may take for one message; those not reached are named in a signal.</summary>
    [Range(1, 60)]
    public int SecondsPerMessage { get; init; } = 5;

    /// <summary>Addresses or networks of clients that only our own people and programs use; their mail with our domains is ours.</summary>
    public IReadOnlyList<string> TrustedClients { get; init; } = [];

    /// <summary>Other filters (<c>rspamd</c>, <c>spamassassin</c>) whose fields own servers take off incoming mail: their verdict is believed wherever it stands in the header.</summary>
    public IReadOnlyList<string> BelievedFilters { get; init; } = [];

    /// <summary>Weights by signal name that replace the ones in Verdicts/Weights.cs.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>A learnt model made by <c>weir train</c>; empty: the one that Weir ships; <c>none</c>: none.</summary>
    public string Model { get; init; } = "";

    /// <summary>Ids of detectors that are switched off.</summary>
    public IReadOnlyList<string> Off { get; init; } = [];

    /// <summary>Log-odds from which a sum gives a verdict.</summary>
    public Verdicts.Thresholds Thresholds { get; init; } = new();
}

/// <summary>What Weir did with its verdicts before there were policies.</summary>
internal enum Mode
{
    /// <summary>Judge and record; every message goes on untouched.</summary>
    Watch,

    /// <summary>Verdicts decide about delivery.</summary>
    Protect,
}
