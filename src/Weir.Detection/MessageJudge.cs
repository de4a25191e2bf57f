using Microsoft.Extensions.Options;
using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;
using Weir.Detection.Learning;
using Weir.Detection.Policies;
using Weir.Detection.Verdicts;

namespace Weir.Detection;

/// <summary>Facts, then signals, then the verdict with its reasons, then the decision for each recipient.</summary>
internal sealed class MessageJudge(
    FactsGatherer gatherer,
    MessageExaminer examiner,
    LearntJudge learnt,
    SignalLocator places,
    JudgingVersions versions,
    IOptions<DetectionOptions> options) : IMessageJudge
{
    public async ValueTask<JudgedMessage> JudgeAsync(MessageToJudge message, CancellationToken cancellationToken)
    {
        var facts = await gatherer.GatherAsync(message, cancellationToken);
        var signals = examiner.Examine(facts);
        signals.AddRange(learnt.Examine(facts, signals));
        signals = places.Locate(signals, message.Raw, facts);
        var judgement = Judgements.Of(signals, options.Value.Thresholds) with { Versions = versions.Of(facts) };
        return new JudgedMessage
        {
            Id = message.Id,
            Message = facts.Message,
            Envelope = message.Envelope,
            Authentication = facts.Authentication,
            Direction = facts.Direction,
            Judgement = judgement,
            Decisions = [.. message.Envelope.Recipients.Select(_ => DefaultPolicy.Decide(judgement, options.Value.Mode))],
            FirstContacts = facts is { Direction: Direction.Inbound, History.IsComplete: true } ? [.. facts.History.Bonds.Select(bond => bond.IsFirst)] : [],
        };
    }
}
