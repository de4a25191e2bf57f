namespace Weir.Response.Content.Preview;

/// <summary>What a preview left out, for the person to know.</summary>
internal sealed class RemovedParts
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public void Add(string what) => _counts[what] = _counts.GetValueOrDefault(what) + 1;

    /// <summary>Such as <c>script (2)</c>.</summary>
    public IReadOnlyList<string> Names => [.. _counts.Select(count => count.Value == 1 ? count.Key : $"{count.Key} ({count.Value})")];
}
