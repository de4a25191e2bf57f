using Weir.Access.Contracts;
using Weir.Events.Contracts;

namespace Weir.Response.AfterDelivery;

/// <summary>How many messages Weir may take back at a time without a person.</summary>
internal sealed class Brake(IQuestions questions)
{
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
}
