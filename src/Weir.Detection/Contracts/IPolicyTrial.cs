using Weir.Access.Contracts;
using Weir.Kernel;

namespace Weir.Detection.Contracts;

/// <summary>Tries policies on stored mail before they are saved, from its recorded verdicts.</summary>
public interface IPolicyTrial
{
    /// <summary>Days that can be looked back.</summary>
    const int MostDays = 90;

    /// <summary>Requires <see cref="Permission.SecuritySettingsRead"/> and <see cref="Permission.EmailMetadataRead"/>.</summary>
    /// <param name="next">The policies as they would be.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    ValueTask<PolicyTrialResult> TryAsync(Caller caller, PolicySet next, int days, IProgress<double>? progress, CancellationToken cancellationToken);
}

/// <summary>What other policies would have done with mail of some days.</summary>
/// <param name="Messages">Messages, one a recipient, of that time.</param>
/// <param name="Shifts">By verdict, from one action to another, the most frequent first; those with the same action are not in it.</param>
public sealed record PolicyTrialResult(DateTimeOffset From, DateTimeOffset To, long Messages, IReadOnlyList<PolicyShift> Shifts)
{
    /// <summary>Messages that would be treated differently.</summary>
    public long Changed => Shifts.Sum(shift => shift.Count);
}

/// <summary>Messages of one verdict that would be treated differently in the same way.</summary>
/// <param name="Examples">The newest of them, at most five.</param>
public sealed record PolicyShift(Verdict Verdict, PolicyAction From, PolicyAction To, long Count, IReadOnlyList<TriedMessage> Examples);

/// <summary>A message that would be treated differently.</summary>
/// <param name="Policy">The policy that would decide; empty when none would have to.</param>
public sealed record TriedMessage(NetworkMessageId Id, string Recipient, DateTimeOffset At, string Subject, string Sender, string Policy);
