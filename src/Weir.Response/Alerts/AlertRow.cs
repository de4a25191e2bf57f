namespace Weir.Response.Alerts;

/// <summary>That an alert was raised. What it says is in the log; until it is there, it is here too.</summary>
internal sealed class AlertRow
{
    public required string Key { get; init; }
    public required string AlertId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The fact as JSON while the log may lack it; nothing afterwards.</summary>
    public string? Unsaid { get; set; }
}
