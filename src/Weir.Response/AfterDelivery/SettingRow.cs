namespace Weir.Response.AfterDelivery;

/// <summary>Something that people set.</summary>
internal sealed class SettingRow
{
    public required string Name { get; init; }
    public required string Value { get; set; }
    public string By { get; set; } = "";
    public DateTimeOffset At { get; set; }
}
