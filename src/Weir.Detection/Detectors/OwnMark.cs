using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>The mark of Weir's own mail on other mail: what it is valid for never comes here to be judged. It counts for nothing, and an alert follows.</summary>
internal sealed class OwnMark : IDetector
{
    public const string Name = "own-mark-elsewhere";

    private const string Field = "X-Weir-Mark";

    public string Id => "own-mark";

    public IEnumerable<Signal> Examine(MessageFacts message)
    {
        if (message.Message.Header(Field) is { } mark)
        {
            yield return Say.Any(Name, $"{Field}: {mark}", DetectionTechnology.AdvancedFilter).At(In.Header(Field));
        }
    }
}
