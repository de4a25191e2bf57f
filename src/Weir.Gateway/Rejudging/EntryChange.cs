namespace Weir.Gateway.Rejudging;

/// <summary>An entry that came into the list, or one that was taken out by hand.</summary>
internal sealed record EntryChange(bool IsNew, KnownEntry Entry)
{
    public string Line => $"{(IsNew ? '+' : '-')}\t{Entry.Line}";

    public override string ToString() => $"{(IsNew ? "new" : "removed")} entry: {Entry}";

    /// <summary>Nothing for a line that cannot be read.</summary>
    public static EntryChange? Parse(string line) => line.Length > 2 && KnownEntry.Parse(line[2..]) is { } entry ? new EntryChange(line[0] == '+', entry) : null;

    /// <summary>
    /// What is to be acted on: the changes of now, and those of before that were not acted on to their end, as far as no later one is about the same.
    /// Of an allow and a block of the same thing that both came, the block decides.
    /// </summary>
    /// <param name="open">Changes that were begun.</param>
    public static List<EntryChange> Of(IReadOnlySet<KnownEntry> known, IReadOnlySet<KnownEntry> current, IReadOnlyList<EntryChange> open, DateTimeOffset now)
    {
        var changes = current.Except(known).Select(entry => new EntryChange(IsNew: true, entry))
            .Concat(known.Except(current).Where(entry => !(entry.Expires <= now)).Select(entry => new EntryChange(IsNew: false, entry)))
            .ToList();
        var about = changes.Select(change => (change.Entry.Kind, change.Entry.Value)).ToHashSet();
        changes.AddRange(open.Where(change => !about.Contains((change.Entry.Kind, change.Entry.Value))));
        var blocked = changes.Where(change => change is { IsNew: true, Entry.IsAllow: false }).Select(change => (change.Entry.Kind, change.Entry.Value)).ToHashSet();
        return changes.FindAll(change => !(change.Entry.IsAllow && blocked.Contains((change.Entry.Kind, change.Entry.Value))));
    }
}
