using Microsoft.Extensions.Options;
using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.History;
using Weir.Detection.Facts.Places;
using Weir.Detection.Learning;
using Weir.Detection.Policies;
using Weir.Detection.Verdicts;
using Weir.Mail.Contracts;

namespace Weir.Detection;

/// <summary>Facts, then signals, then the verdict with its reasons, then the decision for each recipient.</summary>
internal sealed class MessageJudge(
    FactsGatherer gatherer,
    MessageExaminer examiner,
    LearntJudge learnt,
    SignalLocator places,
    JudgingVersions versions,
    PoliciesInForce policies,
    TrustedRelays relays,
    IOptions<DetectionOptions> options) : IMessageJudge
{
    public async ValueTask<JudgedMessage> JudgeAsync(MessageToJudge message, CancellationToken cancellationToken)
    {
        var facts = await gatherer.GatherAsync(message, cancellationToken);
        var signals = examiner.Examine(facts);
        signals.AddRange(learnt.Examine(facts, signals));
        signals = places.Locate(signals, message.Raw, facts);
        var judgement = Judgements.Of(signals, options.Value.Thresholds) with { Versions = versions.Of(facts) };
        var subject = SubjectOf.Judged(judgement, facts);
        IReadOnlyList<PolicyOutcome> outcomes = [.. message.Envelope.Recipients.Select(recipient => policies.Decide(recipient, subject))];
        return new JudgedMessage
        {
            Id = message.Id,
            Message = facts.Message,
            Envelope = message.Envelope,
            Authentication = facts.Authentication,
            Direction = facts.Direction,
            Judgement = judgement,
            Other = OtherFilters.Read(facts.Message, message.Envelope, relays, options.Value.BelievedFilters),
            Decisions = [.. outcomes.Select(outcome => outcome.Decision)],
            Outcomes = outcomes,
            History = new FoundHistory(facts.History, facts.Known.Here).ToText(),
            FirstContacts = facts is { Direction: Direction.Inbound, History.IsComplete: true } ? [.. facts.History.Bonds.Select(bond => bond.IsFirst)] : [],
        };
    }
}
