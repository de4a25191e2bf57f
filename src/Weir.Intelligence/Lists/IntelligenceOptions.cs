namespace Weir.Intelligence.Lists;

/// <summary>Section <c>intelligence</c> of <c>weir.json</c>.</summary>
internal sealed record IntelligenceOptions
{
    /// <summary>An allow/block list of an earlier version, which is taken over once; <c>allow-block.txt</c> in the data directory when empty.</summary>
    public string AllowBlockFile { get; init; } = "";
}
