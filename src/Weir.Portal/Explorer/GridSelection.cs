namespace Weir.Portal.Explorer;

/// <summary>What the grid in the browser says about chosen rows.</summary>
/// <param name="All">Everything that matches, except <paramref name="Indexes"/>.</param>
public sealed record GridSelection(bool All, long Count, IReadOnlyList<int> Indexes)
{
    public static GridSelection None { get; } = new(All: false, 0, []);
}
