using System.Globalization;
using Weir.Access.Contracts;
using Weir.Intelligence.Contracts;

namespace Weir.Intelligence.Lists;

/// <summary>Entries for people: looked at, checked, saved, taken out, put back.</summary>
internal sealed class ListDoor(KeptList list, EntryRules rules, IAuditTrail audit, TimeProvider time) : IAllowBlockEntries
{
    private const int LongestNote = 1_000;

    /// <summary>More are not taken from one text.</summary>
    private const int MostLines = 1_000_000;

    public ValueTask<EntryPage> ListAsync(Caller caller, EntryQuery query, CancellationToken cancellationToken)
    {
        caller.Require(Permission.SecuritySettingsRead);
        var now = time.GetUtcNow();
        var fit = list.Now.Entries.Where(entry => Fits(entry, query, now)).ToList();
        var counts = fit.CountBy(entry => entry.Row.Kind).ToDictionary();
        var shown = query.Kinds.Count == 0 ? fit : fit.FindAll(entry => query.Kinds.Contains(entry.Row.Kind));
        return new(new EntryPage([.. Sorted(shown, query).Skip(query.Skip).Take(query.Take).Select(entry => Listed(entry, now))], shown.Count, counts));
    }

    public ValueTask<ListedEntry?> FindAsync(Caller caller, long id, CancellationToken cancellationToken)
    {
        caller.Require(Permission.SecuritySettingsRead);
        return new(list.Now.ById.TryGetValue(id, out var entry) && entry.Row.RemovedAt is null ? Listed(entry, time.GetUtcNow()) : null);
    }

    public ValueTask<EntryCheck> CheckAsync(Caller caller, long? id, EntryDraft draft, CancellationToken cancellationToken)
    {
        caller.Require(Permission.SecuritySettingsRead);
        return new(Check(list.Now, id, draft));
    }

    public async ValueTask<EntryCheck> SaveAsync(Caller caller, long? id, EntryDraft draft, bool isConfirmed, CancellationToken cancellationToken)
    {
        caller.Require(Permission.DetectionTuningManage);
        EntryCheck? check = null;
        long saved = 0;
        var after = await list.ChangeAsync(
            now =>
            {
                check = Check(now, id, draft);
                if (check.Problem is not null || (check.Cautions.Count > 0 && !isConfirmed))
                {
                    return [];
                }

                var row = Row(now, id, check.Draft, caller);
                saved = row.Id;
                return [row];
            },
            cancellationToken);
        if (saved == 0)
        {
            return check!;
        }

        var entry = Listed(after.ById[saved], time.GetUtcNow());
        await audit.RecordAsync(caller, new AuditEntry(id is null ? "ListEntryAdded" : "ListEntryChanged", Target(entry.Entry), "Success", EntryLines.Write(entry)), cancellationToken);
        return check! with { Saved = entry };
    }

    public async ValueTask<int> RemoveAsync(Caller caller, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        caller.Require(Permission.DetectionTuningManage);
        return await MarkAsync(caller, ids, "ListEntryRemoved", row => row.RemovedAt is null, row => row.RemovedAt = time.GetUtcNow(), cancellationToken);
    }

    public async ValueTask<int> RestoreAsync(Caller caller, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        caller.Require(Permission.DetectionTuningManage);
        return await MarkAsync(caller, ids, "ListEntryRestored", row => row.RemovedAt is not null, row => row.RemovedAt = null, cancellationToken);
    }

    public ValueTask<ReadLines> ReadAsync(Caller caller, string text, EntryDefaults defaults, CancellationToken cancellationToken)
    {
        caller.Require(Permission.SecuritySettingsRead);
        var now = list.Now;
        var (good, bad, cautions) = (new List<EntryDraft>(), new List<BadLine>(), new List<BadLine>());
        var already = 0;
        var seen = new HashSet<(EntryKind, string, bool)>();
        foreach (var (number, line, draft, problem) in EntryLines.Read(text, defaults))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (good.Count + bad.Count >= MostLines)
            {
                bad.Add(new BadLine(number, "", $"Only {MostLines:N0} lines are read at once; the rest was left out."));
                break;
            }

            if (draft is null)
            {
                bad.Add(new BadLine(number, line, problem ?? ""));
                continue;
            }

            var key = (draft.Kind, draft.Value, draft.IsAllow);
            if (IsThere(now, key) || !seen.Add(key))
            {
                already++;
                continue;
            }

            var (refusal, asked) = rules.Of(draft);
            if ((refusal ?? ExpiryProblem(draft) ?? NoteProblem(draft)) is { } refused)
            {
                bad.Add(new BadLine(number, line, refused));
                continue;
            }

            good.Add(draft);
            if (asked.Count > 0)
            {
                cautions.Add(new BadLine(number, line, string.Join(' ', asked)));
            }
        }

        return new(new ReadLines(good, bad, already, cautions));
    }

    public async ValueTask<AddedLines> AddAsync(Caller caller, IReadOnlyList<EntryDraft> drafts, bool isConfirmed, CancellationToken cancellationToken)
    {
        caller.Require(Permission.DetectionTuningManage);
        var left = new List<BadLine>();
        var (added, already) = (0, 0);
        await list.ChangeAsync(
            now =>
            {
                var rows = new List<ListRow>();
                var seen = new HashSet<(EntryKind, string, bool)>();
                var next = now.NextId;
                for (var i = 0; i < drafts.Count; i++)
                {
                    var check = Check(now, id: null, drafts[i]);
                    var key = (check.Draft.Kind, check.Draft.Value, check.Draft.IsAllow);
                    if (IsThere(now, key) || !seen.Add(key))
                    {
                        already++;
                    }
                    else if (check.Problem is not null || (check.Cautions.Count > 0 && !isConfirmed))
                    {
                        left.Add(new BadLine(i + 1, drafts[i].Value, check.Problem ?? string.Join(' ', check.Cautions)));
                    }
                    else
                    {
                        rows.Add(Row(now, id: null, check.Draft, caller, now.ByValue.ContainsKey(key) ? null : next++));
                    }
                }

                added = rows.Count;
                return rows;
            },
            cancellationToken);
        if (added > 0)
        {
            await audit.RecordAsync(
                caller,
                new AuditEntry("ListEntriesAdded", drafts[0].Source, "Success", string.Create(CultureInfo.InvariantCulture, $"{added} entries: {string.Join("; ", drafts.Take(20).Select(draft => $"{(draft.IsAllow ? "allow" : "block")} {EntryLines.Word(draft.Kind)} {draft.Value}"))}")),
                cancellationToken);
        }

        return new AddedLines(added, already, left);
    }

    private async Task<int> MarkAsync(Caller caller, IReadOnlyList<long> ids, string operation, Func<ListRow, bool> concerns, Action<ListRow> mark, CancellationToken cancellationToken)
    {
        IReadOnlyList<ListRow> changed = [];
        await list.ChangeAsync(
            now => changed = [.. ids.Distinct().Select(id => now.ById.GetValueOrDefault(id)).OfType<KeptEntry>().Where(entry => concerns(entry.Row)).Select(entry => Marked(entry.Row, mark))],
            cancellationToken);
        if (changed.Count > 0)
        {
            await audit.RecordAsync(
                caller,
                new AuditEntry(operation, changed.Count == 1 ? Target(changed[0]) : string.Create(CultureInfo.InvariantCulture, $"{changed.Count} entries"), "Success", string.Join("; ", changed.Take(50).Select(Target))),
                cancellationToken);
        }

        return changed.Count;
    }

    private static ListRow Marked(ListRow row, Action<ListRow> mark)
    {
        var copy = row.Copy();
        mark(copy);
        return copy;
    }

    private static bool IsThere(ListSnapshot now, (EntryKind, string, bool) key) => now.ByValue.TryGetValue(key, out var known) && known.Row.RemovedAt is null;

    private EntryCheck Check(ListSnapshot now, long? id, EntryDraft draft)
    {
        var (value, problem) = EntryValue.Read(draft.Kind, draft.Value);
        draft = draft with { Value = problem is null ? value : draft.Value, Note = draft.Note.Trim() };
        problem ??= ExpiryProblem(draft) ?? NoteProblem(draft);
        if (problem is null && id is { } changed && (!now.ById.TryGetValue(changed, out var entry) || entry.Row.RemovedAt is not null))
        {
            problem = "This entry is not there any more.";
        }

        if (problem is null && now.ByValue.TryGetValue((draft.Kind, draft.Value, draft.IsAllow), out var same) && same.Row.Id != id && same.Row.RemovedAt is null)
        {
            problem = $"The list has this entry already: {same.Row.CreatedBy} added it on {same.Row.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.";
        }

        if (problem is null && id is not null && now.ByValue.TryGetValue((draft.Kind, draft.Value, draft.IsAllow), out var gone) && gone.Row.Id != id)
        {
            // Taken out, it keeps its number: it is put back, not made of another entry.
            problem = "This was on the list before and was taken out: add it anew, and take this one out.";
        }

        var (refusal, cautions) = problem is null ? rules.Of(draft) : (null, []);
        if (problem is null && refusal is null && draft.IsAllow && now.ByValue.TryGetValue((draft.Kind, draft.Value, false), out var block) && block.Row.RemovedAt is null)
        {
            cautions = [.. cautions, "The list blocks this too, and a block beats an allow: take the block out first."];
        }

        return new EntryCheck(draft, problem ?? refusal, cautions);
    }

    private string? ExpiryProblem(EntryDraft draft) => draft.Expiry?.Problem(draft.Kind, draft.IsAllow, time.GetUtcNow());

    private static string? NoteProblem(EntryDraft draft) =>
        draft.Note.Length > LongestNote ? $"A note has at most {LongestNote:N0} characters."
        : HiddenLetters.In(draft.Note, mayHaveLines: true) is { } hidden ? $"The note has a character that cannot be seen ({HiddenLetters.Name(hidden)})."
        : null;

    /// <summary>The row of a checked draft; what was taken out and comes again keeps its number.</summary>
    private ListRow Row(ListSnapshot now, long? id, EntryDraft draft, Caller caller, long? next = null)
    {
        var at = time.GetUtcNow();
        var expiry = draft.Expiry ?? EntryExpiry.Default(draft.Kind, draft.IsAllow);
        var again = now.ByValue.GetValueOrDefault((draft.Kind, draft.Value, draft.IsAllow));
        var row = id is { } changed ? now.ById[changed].Row.Copy()
            : again is not null ? again.Row.Copy()
            : new ListRow { Id = next ?? now.NextId, Value = "", Note = "", Source = "", CreatedBy = "", ModifiedBy = "" };
        if (id is null)
        {
            (row.CreatedBy, row.CreatedAt, row.Source) = (caller.Name, at, draft.Source);
        }

        (row.Kind, row.Value, row.IsAllow, row.Note, row.ModifiedBy, row.ModifiedAt, row.RemovedAt) = (draft.Kind, draft.Value, draft.IsAllow, draft.Note, caller.Name, at, null);
        row.UnusedDays = expiry.UnusedDays;
        row.Expires = expiry.At ?? (expiry.Days is { } days ? at.AddDays(days) : null);
        row.IsIntraOrg = draft.Kind == EntryKind.Spoof && SpoofPair.Of(draft.Value) is { } pair && rules.IsOwn(pair.Shown.Contains('@', StringComparison.Ordinal) ? DomainPattern.OfAddress(pair.Shown).ToString() : pair.Shown);
        return row;
    }

    private static string Target(AllowBlockEntry entry) => $"{(entry.IsAllow ? "allow" : "block")} {EntryLines.Word(entry.Kind)} {entry.Value}";

    private static string Target(ListRow row) => $"{(row.IsAllow ? "allow" : "block")} {EntryLines.Word(row.Kind)} {row.Value}";

    private static bool Fits(KeptEntry entry, EntryQuery query, DateTimeOffset now) =>
        (query.IsAllow is not { } isAllow || entry.Row.IsAllow == isAllow)
        && (query.State is not { } state || State(entry, now) == state || (state == EntryState.InForce && entry.IsInForce(now)))
        && (query.Text.Length == 0 || new[] { entry.Row.Value, entry.Row.Note, entry.Row.Source, entry.Row.CreatedBy, entry.Row.ModifiedBy }.Any(text => text.Contains(query.Text, StringComparison.OrdinalIgnoreCase)));

    private static EntryState State(KeptEntry entry, DateTimeOffset now) =>
        !entry.IsInForce(now) ? EntryState.Expired : entry.Expires - now <= ListedEntry.Soon ? EntryState.Expiring : EntryState.InForce;

    private static IOrderedEnumerable<KeptEntry> Sorted(List<KeptEntry> entries, EntryQuery query)
    {
        IOrderedEnumerable<KeptEntry> By<TKey>(Func<KeptEntry, TKey> key, IComparer<TKey>? comparer = null) => query.IsDescending ? entries.OrderByDescending(key, comparer) : entries.OrderBy(key, comparer);
        var sorted = query.Order switch
        {
            EntryOrder.Value => By(entry => entry.Row.Value, StringComparer.Ordinal),
            EntryOrder.Action => By(entry => entry.Row.IsAllow),
            EntryOrder.Expires => By(entry => entry.Expires ?? DateTimeOffset.MaxValue),
            EntryOrder.LastUsed => By(entry => entry.LastUsed ?? DateTimeOffset.MinValue),
            EntryOrder.Created => By(entry => entry.Row.CreatedAt),
            EntryOrder.ModifiedBy => By(entry => entry.Row.ModifiedBy, StringComparer.OrdinalIgnoreCase),
            _ => By(entry => entry.Row.ModifiedAt),
        };
        return sorted.ThenBy(entry => entry.Row.Value, StringComparer.Ordinal);
    }

    private static ListedEntry Listed(KeptEntry entry, DateTimeOffset now) => new()
    {
        Entry = entry.Entry,
        Expires = entry.Expires,
        UnusedDays = entry.Row.UnusedDays,
        IsIntraOrg = entry.Row.IsIntraOrg,
        State = State(entry, now),
        Source = entry.Row.Source,
        CreatedBy = entry.Row.CreatedBy,
        CreatedAt = entry.Row.CreatedAt,
        ModifiedBy = entry.Row.ModifiedBy,
        ModifiedAt = entry.Row.ModifiedAt,
        LastUsed = entry.LastUsed,
    };
}
