using System.Globalization;
using Weir.Events.Contracts;
using Weir.Events.Folding;
using Weir.Events.Store;
using Weir.Kernel;

namespace Weir.Events.Tests.Support;

/// <summary>Applies the fold's changes to lists instead of DuckDB, forgetting between batches as after a restart.</summary>
internal sealed class InMemoryFold
{
    private readonly List<LoggedFact> _log = [];
    private readonly List<(NetworkMessageId Id, long Sequence)> _index = [];
    private readonly List<StoreRow> _rows = [];
    private readonly List<MailboxState> _states = [];

    public void Take(IEnumerable<Fact> facts)
    {
        var batch = facts.Select((fact, index) => new LoggedFact(_log.Count + index + 1, fact)).ToList();
        _log.AddRange(batch);
        var fold = new Fold(
            ids => _index.Where(entry => ids.Contains(entry.Id)).ToLookup(entry => entry.Id, entry => entry.Sequence),
            sequence => _log[(int)sequence - 1].Fact);
        var changes = fold.Of(batch);
        foreach (var (table, stale) in changes.Stale)
        {
            var ids = stale.Ids.Select(id => id.ToString()).ToHashSet(StringComparer.Ordinal);
            _rows.RemoveAll(row => row.Table == table && ids.Contains((string)row["NetworkMessageId"]!) && (long)row["Timestamp"]! >= stale.From && (long)row["Timestamp"]! <= stale.To);
        }

        _states.RemoveAll(state => changes.StaleStates.Contains(state.Id));
        _rows.AddRange(changes.Rows.Values.SelectMany(rows => rows));
        _states.AddRange(changes.States);
        _index.AddRange(changes.Facts);
    }

    public List<string> Rows() =>
        [.. _rows.Select(row => row.Table.Name + ": " + string.Join('|', row.Values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture))))
            .Concat(_states.Select(state => state.ToString()))
            .Order(StringComparer.Ordinal)];
}
