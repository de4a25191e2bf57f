using Weir.Kql.Plan;

namespace Weir.Kql.Binding;

/// <summary>The columns an expression can name. <see cref="Right"/> is the other side in the condition of a join.</summary>
internal sealed class Scope
{
    private readonly Dictionary<string, Column> _columns = new(StringComparer.Ordinal);

    public Scope(Rows? rows, Names names, Rows? right = null)
    {
        (Rows, Names, Right) = (rows, names, right);
        foreach (var column in rows?.Visible ?? [])
        {
            _columns[column.Name] = column;
        }
    }

    public Rows? Rows { get; }

    public Names Names { get; }

    public Rows? Right { get; }

    /// <summary>Where columns of unknown name come from after <c>bag_unpack</c>: the bag.</summary>
    public Column? Find(string name) => _columns.GetValueOrDefault(name);

    public IEnumerable<string> All => _columns.Keys;
}
