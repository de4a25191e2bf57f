namespace Weir.Directory.Organisations;

/// <summary>A distribution list as stored.</summary>
internal sealed class ListRow
{
    public required string Address { get; init; }
    public required string DisplayName { get; init; }
    public List<string> Members { get; init; } = [];
}
