using Weir.Access.Contracts;

namespace Weir.Gateway.Contracts;

/// <summary>Judges stored mail again by what is known now. What is called otherwise than before is recorded, and acted on by policy.</summary>
public interface IRejudging
{
    /// <summary>One at a time; another one waits. Requires <see cref="Permission.DetectionTuningManage"/>. Audited.</summary>
    /// <exception cref="Events.Contracts.QuestionException">The condition does not compile.</exception>
    ValueTask<RejudgingProgress> RunAsync(Caller caller, RejudgingRequest request, IProgress<RejudgingProgress> progress, CancellationToken cancellationToken);
}

/// <summary>Which mail to judge again, by hand.</summary>
/// <param name="Reason">Why: shown on the timeline of each message whose verdict changes.</param>
/// <param name="Within">How far back mail was received.</param>
/// <param name="Where">A KQL condition on EmailEvents; empty for all mail.</param>
/// <param name="AllPlaces">Bad mail that is called what it was before is acted on, too, when it is not where policy wants it now.</param>
public sealed record RejudgingRequest(string Reason, TimeSpan Within, string Where = "", bool AllPlaces = false);

/// <summary>How far it is.</summary>
/// <param name="Found">Messages to judge.</param>
/// <param name="Erased">Messages whose bytes are no longer kept; they stay as they are.</param>
/// <param name="Misplaced">Messages with the same verdict as before that are not where policy wants them.</param>
public sealed record RejudgingProgress(long Found, long Judged, long Changed, long Erased, long Misplaced = 0);
