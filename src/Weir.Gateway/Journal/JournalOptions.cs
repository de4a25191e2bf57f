using System.ComponentModel.DataAnnotations;

namespace Weir.Gateway.Journal;

/// <summary>Section <c>journal</c>: an SMTP door for copies of mail (BCC, journal reports) that a mail server sends. What comes in is recorded and judged, never passed on.</summary>
internal sealed record JournalOptions
{
    /// <summary><c>inet:HOST:PORT</c> or <c>unix:PATH</c>; empty: no journal.</summary>
    public string Listen { get; init; } = "";

    /// <summary>Who may connect: addresses and networks (<c>192.0.2.0/24</c>). Whoever may connect is believed.</summary>
    public IReadOnlyList<string> Clients { get; init; } = ["127.0.0.0/8", "::1"];

    /// <summary>
    /// Addresses, or domains as <c>@journal.example</c>, that stand for this door and for nobody's mailbox. A copy to <c>anna=corp.example@journal.example</c>
    /// is a copy of what anna@corp.example got.
    /// </summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Opens journal reports (the report of Exchange with the original attached). Only where strangers cannot write to <see cref="Addresses"/>.</summary>
    public bool Reports { get; init; }

    /// <summary>Larger messages are refused with 552.</summary>
    [Range(1 << 16, 1 << 30)]
    public int MaxMessageBytes { get; init; } = 64 << 20;

    /// <summary>Memory of all messages that are in progress; beyond it the answer is 452.</summary>
    [Range(1L << 16, 1L << 40)]
    public long MemoryBytes { get; init; } = 512L << 20;

    /// <summary>Connections at one time; further ones are closed at once.</summary>
    [Range(1, 100_000)]
    public int Connections { get; init; } = 200;

    /// <summary>Recipients of one message; further ones are told 452.</summary>
    [Range(1, 1_000_000)]
    public int Recipients { get; init; } = 10_000;

    /// <summary>How long one judgement may take; then the answer is 451.</summary>
    public TimeSpan JudgeWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A connection that says nothing for so long is closed (RFC 5321 §4.5.3.2.7: at least five minutes).</summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromMinutes(5);
}
