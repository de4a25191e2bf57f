namespace Weir.Events.Contracts;

/// <summary>An account may send again.</summary>
public sealed record AccountReleased : Fact
{
    public required string Account { get; init; }

    /// <summary>Who let it.</summary>
    public required string By { get; init; }

    public string Reason { get; init => field = value ?? ""; } = "";
}
