namespace Weir.Intelligence.Contracts;

/// <summary>The allow/block list as judging asks it: a snapshot in memory, so that a saved entry is in force at the next message.</summary>
public interface IAllowBlockList
{
    /// <summary>Counts up with every change that can make a difference to mail.</summary>
    long Version { get; }

    /// <summary>Every entry in force at an instant; the same list as before while nothing has changed.</summary>
    IReadOnlyList<AllowBlockEntry> Current(DateTimeOffset at);

    /// <summary>The entries in force at an instant that speak of a message. Costs the same with ten entries and with a hundred thousand.</summary>
    IReadOnlyList<AllowBlockEntry> Find(MailTraits message, DateTimeOffset at);

    /// <summary>Twelve hexadecimal digits that stand for what was in force at an instant.</summary>
    string ContentAt(DateTimeOffset at);

    /// <summary>What came in, was changed or was taken out after a version.</summary>
    ListChanges ChangesSince(long version);
}

/// <summary>Changes of the list.</summary>
/// <param name="Version">The version they lead to.</param>
/// <param name="Entries">Entries that are new or were changed, as they are now.</param>
/// <param name="Removed">Entries that were taken out.</param>
public sealed record ListChanges(long Version, IReadOnlyList<AllowBlockEntry> Entries, IReadOnlyList<AllowBlockEntry> Removed);

/// <summary>What an entry speaks of.</summary>
public enum EntryKind
{
    /// <summary>The address of the author or of MAIL FROM.</summary>
    Sender,

    /// <summary>The author's domain or, for blocks, that of MAIL FROM, with everything below it; <c>*.name</c> only what is below.</summary>
    SenderDomain,

    /// <summary>A link, with everything below its path and every query; <c>*</c> stands for any letters.</summary>
    Url,

    /// <summary>Links to a domain and below it; <c>*.name</c> only below.</summary>
    UrlDomain,

    /// <summary>SHA-256 of a file.</summary>
    FileHash,

    /// <summary>The client's address, or a range of them.</summary>
    IpAddress,

    /// <summary>Who is shown as the author, and who sends for him: <c>weir.example, mailer.example</c>.</summary>
    Spoof,
}
