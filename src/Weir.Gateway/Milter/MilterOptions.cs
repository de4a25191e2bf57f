using System.ComponentModel.DataAnnotations;

namespace Weir.Gateway.Milter;

/// <summary>Section <c>milter</c>: the door for a mail server that speaks the milter protocol.</summary>
internal sealed record MilterOptions
{
    /// <summary><c>inet:HOST:PORT</c> or <c>unix:PATH</c>; empty: no milter.</summary>
    public string Listen { get; init; } = "";

    public OnFailure OnFailure { get; init; }

    /// <summary>Larger messages are refused with 552. Keep it at or above the mail server's own limit.</summary>
    [Range(1 << 16, 1 << 30)]
    public int MaxMessageBytes { get; init; } = 64 << 20;

    /// <summary>Memory of all messages that are in progress; beyond it the answer is 451.</summary>
    [Range(1L << 16, 1L << 40)]
    public long MemoryBytes { get; init; } = 512L << 20;

    /// <summary>Connections at one time; further ones are closed at once.</summary>
    [Range(1, 100_000)]
    public int Connections { get; init; } = 500;

    /// <summary>Recipients of one message; further ones fail for a while.</summary>
    [Range(1, 1_000_000)]
    public int Recipients { get; init; } = 10_000;

    /// <summary>
    /// Authentication-Results in the mail server's own name are removed when a message comes in (RFC 8601 §5). True keeps them: where another milter
    /// before Weir writes them.
    /// </summary>
    public bool KeepAuthenticationResults { get; init; }

    /// <summary>How long one judgement may take.</summary>
    public TimeSpan JudgeWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often the mail server is told that the judgement goes on.</summary>
    public TimeSpan ProgressEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A connection that says nothing for so long is closed. Longer than the mail server's own limits for its clients.</summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromMinutes(20);
}
