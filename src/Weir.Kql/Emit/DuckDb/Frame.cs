using System.Text;

namespace Weir.Kql.Emit.DuckDb;

/// <summary>
/// Expressions of one step that are needed more than once: they become columns of a SELECT below the step, each computed once.
/// Without that, nested calls would double the SQL at each level.
/// </summary>
internal sealed class Frame(Emitter emitter)
{
    private readonly List<(string Name, string Sql, int Level)> _hoisted = [];

    /// <summary>Restores the order of the rows after windows that took them apart, or nothing.</summary>
    public string OrderBy { get; private set; } = "";

    /// <summary>The number of each row in the order of the input; the step's result is sorted by it.</summary>
    public string RowNumber()
    {
        var name = Hoist("row_number() OVER ()");
        OrderBy = $" ORDER BY {name}";
        return name;
    }

    /// <summary>The name of a column that holds the expression.</summary>
    public string Hoist(string sql)
    {
        foreach (var hoisted in _hoisted)
        {
            if (hoisted.Sql == sql)
            {
                return hoisted.Name;
            }
        }

        var level = 0;
        foreach (var hoisted in _hoisted)
        {
            if (hoisted.Level >= level && sql.Contains(hoisted.Name, StringComparison.Ordinal))
            {
                level = hoisted.Level + 1;
            }
        }

        var name = emitter.NextName();
        _hoisted.Add((name, sql, level));
        return name;
    }

    /// <summary>The FROM item with the hoisted columns added, level by level.</summary>
    public string Wrap(string from)
    {
        var sql = new StringBuilder(from);
        for (var level = 0; _hoisted.Exists(hoisted => hoisted.Level == level); level++)
        {
            var columns = string.Join(", ", _hoisted.Where(hoisted => hoisted.Level == level).Select(hoisted => $"{hoisted.Sql} AS {hoisted.Name}"));
            sql.Insert(0, $"(SELECT *, {columns} FROM ").Append(") AS ").Append(emitter.NextName());
        }

        return sql.ToString();
    }
}
