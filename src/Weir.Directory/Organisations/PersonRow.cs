using Weir.Directory.Contracts;

namespace Weir.Directory.Organisations;

/// <summary>A person as stored.</summary>
internal sealed class PersonRow
{
    public required string ObjectId { get; init; }
    public required string DisplayName { get; init; }
    public required string Address { get; init; }
    public List<string> Aliases { get; init; } = [];
    public MailboxKind Kind { get; init; }
    public string Department { get; init; } = "";
    public string Title { get; init; } = "";
    public string Office { get; init; } = "";
    public string? Manager { get; init; }
    public List<string> Tags { get; init; } = [];
    public bool IsProtected { get; init; }
    public string? ForwardsTo { get; init; }
}
