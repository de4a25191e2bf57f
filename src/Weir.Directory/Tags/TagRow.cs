namespace Weir.Directory.Tags;

/// <summary>A user tag as stored.</summary>
internal sealed class TagRow
{
    /// <summary>The name in lower case.</summary>
    public required string Key { get; init; }

    public required string Name { get; init; }
    public int Version { get; set; }
    public string Description { get; set; } = "";
    public List<string> People { get; set; } = [];
    public List<string> Lists { get; set; } = [];
    public List<string> Departments { get; set; } = [];
    public List<string> Offices { get; set; } = [];
    public List<string> Titles { get; set; } = [];
    public string ChangedBy { get; set; } = "";
    public DateTimeOffset ChangedAt { get; set; }
}
