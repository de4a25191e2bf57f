using Weir.Intelligence.Contracts;
using Weir.Mail.Contracts;

namespace Weir.Server.Audit;

/// <summary>How an audit reads and judges.</summary>
internal sealed record AuditSettings
{
    /// <summary>Messages since then; people written to are looked for a year further back.</summary>
    public required DateTimeOffset Since { get; init; }

    public required int Days { get; init; }

    /// <summary>Where report, list and progress go.</summary>
    public required string Out { get; init; }

    /// <summary>Own domains beside those of the mailboxes.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Machines of the organisation, beside private addresses.</summary>
    public IReadOnlyList<string> Relays { get; init; } = [];

    /// <summary>Names under which own servers write Authentication-Results.</summary>
    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>Other filters whose fields are believed wherever they stand.</summary>
    public IReadOnlyList<string> BelievedFilters { get; init; } = [];

    public IReadOnlyList<AllowBlockEntry> List { get; init; } = [];

    /// <summary>Asks DNS; nothing when nothing is looked up.</summary>
    public IMailAuthenticator? Authenticator { get; init; }

    /// <summary>Further settings of the judge by their names in <c>weir.json</c>.</summary>
    public IReadOnlyDictionary<string, string?> Judge { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Messages judged at a time.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;
}
