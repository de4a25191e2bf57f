using Weir.Detection.Contracts;

namespace Weir.Detection.Policies;

/// <summary>What happens to a message by its verdict, the same for every recipient.</summary>
internal static class DefaultPolicy
{
    public static DeliveryDecision Decide(Judgement judgement, Mode mode) => mode == Mode.Watch ? DeliveryDecision.Deliver : judgement.Verdict switch
    {
        Verdict.Malware or Verdict.HighConfidencePhish => DeliveryDecision.Quarantine,
        Verdict.Phish or Verdict.Spam => DeliveryDecision.Junk,
        _ => DeliveryDecision.Deliver,
    };
}
