using Weir.Access.Contracts;

namespace Weir.Intelligence.Contracts;

/// <summary>
/// The allow/block list for people. To look requires <see cref="Permission.SecuritySettingsRead"/>, to change <see cref="Permission.DetectionTuningManage"/>;
/// changes are audited and in force when the call returns.
/// </summary>
public interface IAllowBlockEntries
{
    /// <summary>A page of entries.</summary>
    ValueTask<EntryPage> ListAsync(Caller caller, EntryQuery query, CancellationToken cancellationToken);

    /// <summary>An entry; nothing when there is none, or when it was taken out.</summary>
    ValueTask<ListedEntry?> FindAsync(Caller caller, long id, CancellationToken cancellationToken);

    /// <summary>What would be said of an entry if it were saved: how it is spelled, what is wrong with it, what to think of first.</summary>
    /// <param name="id">Of the entry that it would replace.</param>
    ValueTask<EntryCheck> CheckAsync(Caller caller, long? id, EntryDraft draft, CancellationToken cancellationToken);

    /// <summary>Adds an entry, or changes the one with an id.</summary>
    /// <param name="isConfirmed">The cautions were read; without it an entry that has some is not saved.</param>
    ValueTask<EntryCheck> SaveAsync(Caller caller, long? id, EntryDraft draft, bool isConfirmed, CancellationToken cancellationToken);

    /// <summary>Takes entries out; how many that were.</summary>
    ValueTask<int> RemoveAsync(Caller caller, IReadOnlyList<long> ids, CancellationToken cancellationToken);

    /// <summary>Puts entries back that were taken out; how many that were.</summary>
    ValueTask<int> RestoreAsync(Caller caller, IReadOnlyList<long> ids, CancellationToken cancellationToken);

    /// <summary>Reads many lines: entries as <see cref="EntryLines"/> writes them, or bare values.</summary>
    ValueTask<ReadLines> ReadAsync(Caller caller, string text, EntryDefaults defaults, CancellationToken cancellationToken);

    /// <summary>Adds many; what is on the list already stays as it is.</summary>
    /// <param name="isConfirmed">The cautions were read; without it those with one are left out.</param>
    ValueTask<AddedLines> AddAsync(Caller caller, IReadOnlyList<EntryDraft> drafts, bool isConfirmed, CancellationToken cancellationToken);
}

/// <summary>Which entries, in which order.</summary>
public sealed record EntryQuery
{
    /// <summary>Nothing: all.</summary>
    public IReadOnlyList<EntryKind> Kinds { get; init; } = [];

    /// <summary>Found in value, note, source or name of whoever made it.</summary>
    public string Text { get; init; } = "";

    public bool? IsAllow { get; init; }
    public EntryState? State { get; init; }
    public EntryOrder Order { get; init; } = EntryOrder.Modified;
    public bool IsDescending { get; init; } = true;
    public int Skip { get; init; }
    public int Take { get; init; } = 100;
}

/// <summary>By what entries are sorted.</summary>
public enum EntryOrder { Value, Action, Expires, LastUsed, Modified, Created, ModifiedBy }

/// <summary>Whether an entry is in force. One that expires soon is in force.</summary>
public enum EntryState { InForce, Expiring, Expired }

/// <summary>Some of the entries asked for, and how many there are.</summary>
/// <param name="Counts">By kind, with the same search and filter.</param>
public sealed record EntryPage(IReadOnlyList<ListedEntry> Entries, int Total, IReadOnlyDictionary<EntryKind, int> Counts);

/// <summary>An entry as it is kept.</summary>
public sealed record ListedEntry
{
    public required AllowBlockEntry Entry { get; init; }

    /// <summary>When it expires as things are; each use moves it where <see cref="UnusedDays"/> says so.</summary>
    public DateTimeOffset? Expires { get; init; }

    public int? UnusedDays { get; init; }

    /// <summary>Of a pair: the author shown is in a domain of the organisation.</summary>
    public bool IsIntraOrg { get; init; }

    public required EntryState State { get; init; }
    public required string Source { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string ModifiedBy { get; init; }
    public required DateTimeOffset ModifiedAt { get; init; }
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>How soon an entry must expire to be called so.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromDays(7);
}

/// <summary>What is said of an entry.</summary>
/// <param name="Draft">As it is spelled when kept.</param>
/// <param name="Problem">Why it cannot be saved; nothing when it can.</param>
/// <param name="Cautions">What to think of before it is saved, each a sentence.</param>
/// <param name="Saved">The entry, when it was saved.</param>
public sealed record EntryCheck(EntryDraft Draft, string? Problem, IReadOnlyList<string> Cautions, ListedEntry? Saved = null);

/// <summary>What lines say that only give a value.</summary>
/// <param name="Kind">Nothing: as the value looks.</param>
public sealed record EntryDefaults(bool IsAllow, EntryKind? Kind = null, EntryExpiry? Expiry = null, string Note = "")
{
    public string Source { get; init; } = "Portal";
}

/// <summary>Many lines, read.</summary>
/// <param name="Cautions">Of the good ones, those that have to be thought of; first lines of them.</param>
public sealed record ReadLines(IReadOnlyList<EntryDraft> Good, IReadOnlyList<BadLine> Bad, int AlreadyThere, IReadOnlyList<BadLine> Cautions);

/// <summary>A line that is no entry, and why; or that has to be thought of.</summary>
/// <param name="Number">Counts from 1.</param>
public sealed record BadLine(int Number, string Text, string Reason);

/// <summary>What became of many entries.</summary>
public sealed record AddedLines(int Added, int AlreadyThere, IReadOnlyList<BadLine> LeftOut);
