namespace Weir.Intelligence.Lists;

/// <summary>Section <c>intelligence</c> of <c>weir.json</c>.</summary>
internal sealed record IntelligenceOptions
{
    /// <summary>Path of the allow/block list; <c>allow-block.txt</c> in the data directory when empty. A missing file is an empty list.</summary>
    public string AllowBlockFile { get; init; } = "";
}
