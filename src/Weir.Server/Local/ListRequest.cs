namespace Weir.Server.Local;

/// <summary>A deed and what it needs; the rest is empty.</summary>
/// <param name="Text">Lines to add, or what to search for.</param>
/// <param name="Value">Of the entries to take out.</param>
/// <param name="Kind">As <c>EntryLines</c> writes it; empty for all.</param>
/// <param name="IsConfirmed">The cautions were read.</param>
internal sealed record ListRequest(ListDeed Deed, string Text = "", string Value = "", string Kind = "", bool? IsAllow = null, string State = "", string Source = "", bool IsConfirmed = false);

/// <summary>What <c>weir list</c> wants done with the allow/block list.</summary>
internal enum ListDeed
{
    Show,
    Add,
    Remove,
}

/// <summary>What came of it.</summary>
/// <param name="Entries">Those asked for.</param>
/// <param name="Problems">Lines that are no entry, and why.</param>
/// <param name="Cautions">Lines that were left out because somebody has to think of them first.</param>
/// <param name="Changed">How many were added or taken out.</param>
internal sealed record ListAnswer(IReadOnlyList<ListLine> Entries, IReadOnlyList<ListProblem> Problems, IReadOnlyList<ListProblem> Cautions, int Changed, int AlreadyThere);

/// <summary>A line and what is said of it.</summary>
internal sealed record ListProblem(int Line, string Text, string Reason);

/// <summary>An entry as the command line shows it.</summary>
/// <param name="Line">As it can be read again.</param>
internal sealed record ListLine(
    long Id, string Kind, string Value, string Action, string State, DateTimeOffset? Expires, int? UnusedDays, string Note, string Source,
    string CreatedBy, DateTimeOffset CreatedAt, string ModifiedBy, DateTimeOffset ModifiedAt, DateTimeOffset? LastUsed, string Line);
