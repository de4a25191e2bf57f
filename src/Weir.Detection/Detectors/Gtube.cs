using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>The generic test text for unsolicited bulk e-mail, with which people test filters.</summary>
internal sealed class Gtube : IDetector
{
    // Written in two halves, so that this source file is not itself the test text.
    private const string Text = "XJS*C4JDBQADN1.NSBN3*2IDNEN*" + "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X";

    public string Id => "gtube";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        if (message.Message.TextBody.Contains(Text, StringComparison.Ordinal) || message.Message.VisibleText.Contains(Text, StringComparison.Ordinal))
        {
            yield return Say.Spam(Id, "The body holds the GTUBE test text.", DetectionTechnology.GeneralFilter).At(In.Words(Text)) with { IsConclusive = true };
        }
    }
}
