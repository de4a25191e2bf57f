namespace Weir.EndToEnd.Tests.Support;

/// <summary>The system's clock, put forward when the test says so.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
}
