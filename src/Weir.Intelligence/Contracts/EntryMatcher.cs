using Weir.Intelligence.Lists;

namespace Weir.Intelligence.Contracts;

/// <summary>Some entries, made ready to be compared with many messages: the number of entries costs nothing.</summary>
public sealed class EntryMatcher(IEnumerable<AllowBlockEntry> entries)
{
    private readonly EntryIndex _index = new(entries);

    /// <summary>An entry speaks of the message.</summary>
    public bool Concerns(MailTraits message) => _index.Find(message).Count > 0;
}
