using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>
/// The body is nearly that of recent messages that were judged bad or are blocked: at most three of the 64 bits of its fingerprint (Cluster ID)
/// differ. Not for short bodies, and not when as many good messages had it.
/// </summary>
internal sealed class FingerprintMatching : IDetector
{
    public string Id => "fingerprint-matching";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        if (message.Direction != Direction.Inbound || message.Known.Here.Alike is not { } alike)
        {
            yield break;
        }

        var evidence = $"The body is {(alike.Distance == 0 ? "that" : "nearly that")} of {(alike.Messages == 1 ? "a message" : $"{alike.Messages} messages")} judged {(alike.IsPhish ? "phish or malware" : "spam")}, the last on {alike.Last:yyyy-MM-dd}; the nearest is {alike.MessageId}.";
        yield return (alike.IsPhish
            ? Say.Phish("fingerprint-of-phish", evidence, DetectionTechnology.FingerprintMatching)
            : Say.Spam("fingerprint-of-spam", evidence, DetectionTechnology.FingerprintMatching)).At(In.Knowledge("history of mail"));
    }
}
