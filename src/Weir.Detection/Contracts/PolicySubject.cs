using Weir.Detection.Policies;
using Weir.Events.Contracts;

namespace Weir.Detection.Contracts;

/// <summary>What policies look at in one message; the same from a judgement of now and from the record.</summary>
public sealed record PolicySubject
{
    public required Verdict Verdict { get; init; }

    /// <summary>The verdict is sure; spam is then high confidence spam.</summary>
    public bool IsSure { get; init; }

    public int BulkComplaintLevel { get; init; }

    /// <summary>The technology that spoke strongest for the verdict's threat; nothing when there is no threat.</summary>
    public DetectionTechnology? Technology { get; init; }

    /// <summary>The organisation lets the sender through.</summary>
    public bool IsAllowed { get; init; }

    /// <summary>Of files and what lies inside them, in lower case, without the dot.</summary>
    public IReadOnlyList<string> FileExtensions { get; init; } = [];

    /// <summary>A file could not be inspected.</summary>
    public bool HasUnreadFile { get; init; }

    public bool HasEncryptedFile { get; init; }
    public string Language { get; init; } = "";

    /// <summary>Domains of MAIL FROM and of DKIM signatures that passed.</summary>
    public IReadOnlyList<string> SendingDomains { get; init; } = [];

    public string ClientIp { get; init; } = "";
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>From the record: an earlier judgement, or one made again.</summary>
    public static PolicySubject Of(MessageJudged judged) => SubjectOf.Recorded(judged);
}
