using Weir.Sample.Contracts;

namespace Weir.Sample.Flow;

/// <summary>Something that will happen. What counts is known at once; the bytes of a mail are written only when it is taken out of the stream.</summary>
internal sealed record Planned
{
    public required DateTimeOffset At { get; init; }

    /// <summary>Unique within a seed; decides the order of what happens in the same instant.</summary>
    public required string Key { get; init; }

    public string Story { get; init; } = "";

    /// <summary><c>inbound</c>, <c>internal</c>, <c>outbound</c>, <c>bulk</c>, <c>spam</c>, <c>phish</c>, <c>malware</c>, <c>odd</c>, <c>click</c>, <c>move</c> or <c>refusal</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The copies of a mail; none for what is no mail.</summary>
    public IReadOnlyList<SampleDelivery> Deliveries { get; init; } = [];

    public required Func<SampleEvent> Make { get; init; }
}
