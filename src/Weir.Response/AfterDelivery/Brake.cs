using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Response.Remediations;

namespace Weir.Response.AfterDelivery;

/// <summary>How many messages Weir may take back within an hour without a person.</summary>
internal sealed class Brake(IQuestions questions, RemediationStore store, TimeProvider time)
{
    /// <summary>What was taken back by itself before counts this long, so that many small actions are braked like a large one.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Fewer never need a person.</summary>
    public const long Least = 200;

    private const double ShareOfADay = 0.02;

    private static readonly Caller Self = Caller.System("automation", Permission.EmailMetadataRead);

    /// <summary>The larger of 200 and 2 % of the last day's mail, counted by recipient.</summary>
    public async ValueTask<long> LimitAsync(CancellationToken cancellationToken)
    {
        var answer = await questions.AskAsync(Self, new Question("EmailEvents | where Timestamp > ago(1d) | count"), cancellationToken);
        return Math.Max(Least, (long)(ShareOfADay * (answer.Rows[0][0] as long? ?? 0)));
    }

    /// <summary>What Weir takes back by itself since an hour ago.</summary>
    public Task<int> UsedAsync(CancellationToken cancellationToken) => store.CountUndecidedAsync(time.GetUtcNow() - Window, cancellationToken);
}
