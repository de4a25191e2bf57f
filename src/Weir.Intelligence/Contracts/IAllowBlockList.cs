namespace Weir.Intelligence.Contracts;

/// <summary>The allow/block list, for now a file that is watched: one entry a line.</summary>
public interface IAllowBlockList
{
    /// <summary>The entries in force at an instant.</summary>
    IReadOnlyList<AllowBlockEntry> Current(DateTimeOffset at);
}

/// <summary>What an entry speaks of.</summary>
public enum EntryKind { Sender, SenderDomain, Url, UrlDomain, FileHash, IpAddress }

/// <summary>An entry of the organisation's allow/block list.</summary>
public sealed record AllowBlockEntry(EntryKind Kind, string Value, bool IsAllow, DateTimeOffset? Expires, string Note);
