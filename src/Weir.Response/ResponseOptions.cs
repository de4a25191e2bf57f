using System.ComponentModel.DataAnnotations;

namespace Weir.Response;

/// <summary>The section <c>response</c> of <c>weir.json</c>.</summary>
internal sealed record ResponseOptions
{
    /// <summary>Messages of one action at most.</summary>
    [Range(1, 1_000_000)]
    public int MaxTargets { get; init; } = 200_000;

    /// <summary>Messages that one job takes: results appear in steps of this size.</summary>
    [Range(1, 1_000)]
    public int BatchSize { get; init; } = 25;

    /// <summary>Mailboxes that one job works in at the same time.</summary>
    [Range(1, 16)]
    public int AtOnce { get; init; } = 4;

    /// <summary>How long mail is tried to be taken out of mailboxes that cannot be reached, before that is called a failure.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromDays(3);

    /// <summary>Bytes of a message that are previewed or downloaded at most.</summary>
    [Range(1, 1L << 30)]
    public long MaxContentBytes { get; init; } = 64L << 20;
}
