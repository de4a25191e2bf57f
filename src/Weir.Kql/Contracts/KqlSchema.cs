namespace Weir.Kql.Contracts;

/// <summary>The tables a query is compiled against. Names are case-sensitive.</summary>
public sealed class KqlSchema(IEnumerable<KqlTable> tables)
{
    public static KqlSchema Empty { get; } = new([]);

    public IReadOnlyDictionary<string, KqlTable> Tables { get; } = tables.ToDictionary(table => table.Name, StringComparer.Ordinal);
}

/// <summary>A column as queries see it.</summary>
public sealed record KqlColumn(string Name, KqlType Type)
{
    /// <summary>The column of the SQL table it is read from; null when it has the same name.</summary>
    public string? Source { get; init; }
}

/// <summary>A table that queries may name.</summary>
public sealed record KqlTable(string Name, IReadOnlyList<KqlColumn> Columns)
{
    /// <summary>There is an SQL table of that name; without one the table has no rows.</summary>
    public bool IsStored { get; init; } = true;
}
