using Weir.Detection.Contracts;
using Weir.Portal.Campaigns;
using Weir.Portal.Explorer;
using Weir.Response.Contracts;

namespace Weir.Portal.Emails;

/// <summary>Everything that the record says of one message in one mailbox.</summary>
internal sealed record EmailRecord
{
    public required MailRow Row { get; init; }
    public required MessageTarget Target { get; init; }

    /// <summary>All recipients of the message, this one included.</summary>
    public IReadOnlyList<MailRow> Recipients { get; init; } = [];

    public IReadOnlyList<EmailAttachment> Attachments { get; init; } = [];
    public IReadOnlyList<EmailUrl> Urls { get; init; } = [];
    public IReadOnlyList<TimelineEntry> Timeline { get; init; } = [];
    public EmailEvidence Evidence { get; init; } = EmailEvidence.None;

    /// <summary>The campaign it belongs to; nothing when it belongs to none.</summary>
    public CampaignPlace? Campaign { get; init; }

    /// <summary>SPF, DKIM, DMARC and composite as recorded.</summary>
    public IReadOnlyList<(string Name, string Result)> Authentication { get; init; } = [];
}

internal sealed record EmailAttachment(string Name, string Type, string Extension, string Size, string Threat, string Family, string Sha256, string Details);

internal sealed record EmailUrl(string Url, string Domain, string Source, string Threat, int Clicks);

/// <summary>One thing that happened.</summary>
/// <param name="Source"><c>System</c>, <c>Admin</c> or <c>User</c>.</param>
internal sealed record TimelineEntry(DateTimeOffset At, string Source, string Event, string Result, string Threats, string Details);

/// <summary>Why the message was judged so.</summary>
internal sealed record EmailEvidence
{
    public static EmailEvidence None { get; } = new();

    public string Verdict { get; init; } = "";
    public string Confidence { get; init; } = "";
    public double? Score { get; init; }
    public IReadOnlyList<EvidenceSignal> Signals { get; init; } = [];
    public IReadOnlyList<string> Because { get; init; } = [];
    public IReadOnlyList<string> WouldChangeRemove { get; init; } = [];
    public string WouldChangeTo { get; init; } = "";
    public IReadOnlyList<(string Name, string Value)> AuthenticationFacts { get; init; } = [];

    /// <summary>State of the ARC chain as the record spells it; empty when it was not looked at.</summary>
    public string Arc { get; init; } = "";

    public IReadOnlyList<(string Name, string Value)> Envelope { get; init; } = [];
    public string ReturnPath { get; init; } = "";
    public string ReplyTo { get; init; } = "";
    public string HeaderText { get; init; } = "";
    public IReadOnlyList<string> Defects { get; init; } = [];
    public string Door { get; init; } = "";

    /// <summary>Sums from which each verdict was given; empty in older records.</summary>
    public IReadOnlyDictionary<string, double> Thresholds { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>What judged, each as a short hash; empty in older records.</summary>
    public IReadOnlyList<(string Name, string Version)> Versions { get; init; } = [];

    /// <summary>Judgements before this one, the latest first.</summary>
    public IReadOnlyList<EarlierVerdict> Earlier { get; init; } = [];

    /// <summary>The signals of <see cref="Because"/>, in its order.</summary>
    public IEnumerable<EvidenceSignal> Reasons =>
        Because.Select(name => Signals.FirstOrDefault(signal => signal.Name == name) ?? new EvidenceSignal { Name = name });
}

/// <summary>A judgement before the one that counts.</summary>
internal sealed record EarlierVerdict(DateTimeOffset? At, string Verdict, IReadOnlyList<(string Name, string Version)> Versions)
{
    /// <summary>What judged otherwise afterwards; nothing when the record of either does not say what judged.</summary>
    public IReadOnlyList<string> ChangedTo(IReadOnlyList<(string Name, string Version)> later) =>
        Versions.Count == 0 || later.Count == 0 ? [] : [.. later.Except(Versions).Select(version => version.Name).Union(Versions.Except(later).Select(version => version.Name), StringComparer.Ordinal)];
}

/// <summary>What one detector said.</summary>
internal sealed record EvidenceSignal
{
    public required string Name { get; init; }
    public string Technology { get; init; } = "";
    public string Threat { get; init; } = "";
    public double Weight { get; init; }
    public bool IsConclusive { get; init; }
    public string Evidence { get; init; } = "";
    public string Entity { get; init; } = "";
    public string ThreatName { get; init; } = "";
    public string Override { get; init; } = "";
    public IReadOnlyList<EvidencePlace> Places { get; init; } = [];

    /// <summary>What it means, in a few words.</summary>
    public string Title => SignalTitles.Of(Name);
}
