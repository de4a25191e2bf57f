using Weir.Kql.Contracts;

namespace Weir.Events.Schema;

/// <summary>A table of the hunting schema.</summary>
/// <param name="IsStored">Weir fills it; the others exist for queries and have no rows.</param>
internal sealed record HuntingTable(string Name, bool IsStored, IReadOnlyList<HuntingColumn> Columns)
{
    /// <summary>The columns that hold values of their own: those of the SQL table, in its order. Strings there are never NULL.</summary>
    public IEnumerable<HuntingColumn> StoredColumns => Columns.Where(column => column.AliasOf is null);

    /// <summary>Reads <c>name:type</c> or <c>name=other:type</c> words and adds TimeGenerated, the other name of Timestamp.</summary>
    public static HuntingTable Parse(string name, bool isStored, string columns)
    {
        var list = new List<HuntingColumn>();
        foreach (var word in columns.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = word.IndexOf(':', StringComparison.Ordinal);
            var names = word[..colon].Split('=');
            var type = KqlTypes.Parse(word[(colon + 1)..]) ?? throw new FormatException($"{name}: {word} has no known type.");
            list.Add(new HuntingColumn(names[0], type, names.Length > 1 ? names[1] : null));
        }

        if (list.Exists(column => column.Name == "Timestamp"))
        {
            list.Add(new HuntingColumn("TimeGenerated", KqlType.DateTime, "Timestamp"));
        }

        return new HuntingTable(name, isStored, list);
    }

    public KqlTable ToKql() => new(Name, [.. Columns.Select(column => new KqlColumn(column.Name, column.Type) { Source = column.AliasOf })]) { IsStored = IsStored };
}

/// <summary>A column of the hunting schema.</summary>
/// <param name="AliasOf">The column whose value it shows; such a column is not stored.</param>
internal sealed record HuntingColumn(string Name, KqlType Type, string? AliasOf = null);
