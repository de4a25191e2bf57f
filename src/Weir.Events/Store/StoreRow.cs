using System.Collections.Concurrent;
using System.Collections.Frozen;
using Weir.Events.Schema;
using Weir.Kql.Contracts;

namespace Weir.Events.Store;

/// <summary>One row on its way into a table of the hunting schema. Strings that nobody set are empty, everything else is null.</summary>
internal sealed class StoreRow
{
    private static readonly ConcurrentDictionary<HuntingTable, Layout> Layouts = new(ReferenceEqualityComparer.Instance);

    private readonly Layout _layout;

    public StoreRow(HuntingTable table)
    {
        Table = table;
        _layout = Layouts.GetOrAdd(table, static table => new Layout(table));
        Values = (object?[])_layout.Empty.Clone();
    }

    public HuntingTable Table { get; }

    /// <summary>By the table's stored columns: string for string and dynamic (JSON text), long ticks for datetime, else int, long, double or bool.</summary>
    public object?[] Values { get; }

    public IReadOnlyList<KqlType> Types => _layout.Types;

    public object? this[string column]
    {
        get => Values[_layout.Index[column]];
        set => Values[_layout.Index[column]] = value;
    }

    private sealed class Layout
    {
        public Layout(HuntingTable table)
        {
            var columns = table.StoredColumns.ToList();
            Index = columns.Select((column, index) => KeyValuePair.Create(column.Name, index)).ToFrozenDictionary(StringComparer.Ordinal);
            Types = [.. columns.Select(column => column.Type)];
            Empty = [.. Types.Select(type => type == KqlType.String ? "" : null)];
        }

        public FrozenDictionary<string, int> Index { get; }

        public KqlType[] Types { get; }

        public object?[] Empty { get; }
    }
}
