namespace Weir.Intelligence.Contracts;

/// <summary>When an entry stops being in force. Exactly one of the four ways.</summary>
public sealed record EntryExpiry
{
    private EntryExpiry()
    {
    }

    /// <summary>Days after the last message that it spoke of, as allows expire unless something else is chosen.</summary>
    public const int UnusedByDefault = 45;

    /// <summary>Days that a block lasts unless something else is chosen.</summary>
    public const int BlockByDefault = 30;

    public const int LongestBlock = 90;
    public const int LongestAllow = 30;

    public static EntryExpiry Never { get; } = new();

    /// <summary>At an instant.</summary>
    public DateTimeOffset? At { get; private init; }

    /// <summary>So many days after it is saved.</summary>
    public int? Days { get; private init; }

    /// <summary>So many days after it was last used.</summary>
    public int? UnusedDays { get; private init; }

    public static EntryExpiry On(DateTimeOffset at) => new() { At = at };

    /// <summary>With the end of a day (UTC): the day itself is in it.</summary>
    public static EntryExpiry Through(DateOnly day) => On(new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero));

    public static EntryExpiry After(int days) => new() { Days = days };

    public static EntryExpiry AfterUnused(int days = UnusedByDefault) => new() { UnusedDays = days };

    /// <summary>What holds when nothing is chosen: a block thirty days, an allow until it was not used for 45 days; addresses and pairs never expire.</summary>
    public static EntryExpiry Default(EntryKind kind, bool isAllow) =>
        kind is EntryKind.IpAddress or EntryKind.Spoof ? Never : isAllow ? AfterUnused() : After(BlockByDefault);

    /// <summary>Why this cannot be chosen; nothing when it can.</summary>
    public string? Problem(EntryKind kind, bool isAllow, DateTimeOffset now)
    {
        var days = Days ?? (At - now)?.TotalDays;
        // The last day that may be chosen ends up to a day later than the same number of days from now.
        var whole = days is { } some ? Math.Floor(some) : (double?)null;
        return this switch
        {
            _ when kind is EntryKind.IpAddress or EntryKind.Spoof => this == Never ? null : "IP addresses and spoofed senders never expire: take the entry out when it is no longer needed.",
            _ when days <= 0 => "The day of expiry has passed already.",
            { UnusedDays: not null } when !isAllow => "Only an allow can expire after it was last used.",
            { UnusedDays: not UnusedByDefault and not null } => $"An allow expires {UnusedByDefault} days after it was last used.",
            _ when this == Never => isAllow ? $"An allow cannot stay for ever: choose at most {LongestAllow} days, or {UnusedByDefault} days after it was last used." : null,
            _ when isAllow && whole > LongestAllow => $"An allow lasts {LongestAllow} days at most, or {UnusedByDefault} days after it was last used.",
            _ when !isAllow && whole > LongestBlock => $"A block lasts {LongestBlock} days at most, or for ever.",
            _ => null,
        };
    }
}
