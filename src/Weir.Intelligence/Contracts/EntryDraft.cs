namespace Weir.Intelligence.Contracts;

/// <summary>An entry that somebody wants to have.</summary>
/// <param name="Value">As typed; spelled as it is kept once it was read.</param>
/// <param name="Expiry">Nothing: as it is by default.</param>
public sealed record EntryDraft(EntryKind Kind, string Value, bool IsAllow, EntryExpiry? Expiry = null, string Note = "")
{
    /// <summary>Where it comes from, for people to read.</summary>
    public string Source { get; init; } = "Portal";
}
