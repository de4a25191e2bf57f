using System.Globalization;
using DuckDB.NET.Data;
using Microsoft.Extensions.Options;
using Weir.Events.Asking;
using Weir.Events.Schema;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Events.Store;

/// <summary>The DuckDB file of the data directory: one instance in this process, written by one reader of the log.</summary>
/// <remarks>
/// The instance may not touch other files, load extensions or change its settings. A second instance on the same file, also in another process,
/// would read stale data: the process must hold the data directory.
/// </remarks>
internal sealed class EventStore : IDisposable
{
    private readonly string _path;
    private readonly DuckDBConnection _writer;

    public EventStore(DataDirectory directory, IOptions<EventsOptions> options)
    {
        _path = directory.EventStore;
        Directory.CreateDirectory(directory.Path);
        _writer = Open(options.Value);
        if (VersionOf(_writer) is { } version && version != StoreSchema.Version)
        {
            _writer.Dispose();
            Delete();
            _writer = Open(options.Value);
        }

        if (VersionOf(_writer) is null)
        {
            using var transaction = _writer.BeginTransaction();
            StoreSchema.Create(_writer);
            transaction.Commit();
        }

        Cursor = (long)_writer.Rows("SELECT cursor FROM store")[0][0]!;
    }

    /// <summary>The last sequence number of the log that is folded in.</summary>
    public long Cursor { get; private set; }

    /// <summary>A further connection to the same instance, for reading.</summary>
    public DuckDBConnection OpenReading()
    {
        var connection = new DuckDBConnection($"Data Source={_path}");
        connection.Open();
        return connection;
    }

    /// <summary>Forgets everything: the log is another one than was folded in.</summary>
    public void Reset()
    {
        using var transaction = _writer.BeginTransaction();
        foreach (var table in HuntingSchema.Tables.Where(table => table.IsStored).Select(StoreSchema.SqlTable).Concat(["message_state", "message_fact"]))
        {
            _writer.Execute($"DELETE FROM \"{table}\"");
        }

        _writer.Execute("UPDATE store SET cursor = 0");
        transaction.Commit();
        Cursor = 0;
    }

    /// <summary>The sequence numbers of the facts about each of these messages that are folded in.</summary>
    public ILookup<NetworkMessageId, long> FactsOf(IReadOnlyCollection<NetworkMessageId> ids) =>
        ids.Count == 0
            ? Enumerable.Empty<long>().ToLookup(_ => default(NetworkMessageId))
            : _writer.Rows($"SELECT id, sequence FROM message_fact WHERE id IN ({Literals(ids)})").ToLookup(row => new NetworkMessageId((Guid)row[0]!), row => (long)row[1]!);

    /// <summary>Writes the changes and the new cursor in one transaction.</summary>
    public void Apply(StoreChanges changes, long cursor)
    {
        using var transaction = _writer.BeginTransaction();
        foreach (var (table, stale) in changes.Stale)
        {
            var time = stale.From == long.MinValue ? "" : string.Create(CultureInfo.InvariantCulture, $"\"Timestamp\" BETWEEN {stale.From} AND {stale.To} AND ");
            _writer.Execute($"DELETE FROM \"{StoreSchema.SqlTable(table)}\" WHERE {time}\"NetworkMessageId\" IN ({Literals(stale.Ids)})");
        }

        foreach (var (table, rows) in changes.Rows)
        {
            // In time order, so that a question about a span of time reads only its part of the table.
            rows.Sort((one, other) => ((long)one["Timestamp"]!).CompareTo((long)other["Timestamp"]!));
            StoreAppender.Append(_writer, table, rows);
        }

        if (changes.StaleStates.Count > 0)
        {
            _writer.Execute($"DELETE FROM message_state WHERE \"NetworkMessageId\" IN ({Literals(changes.StaleStates)})");
        }

        StoreAppender.Append(_writer, changes.States);
        StoreAppender.Append(_writer, changes.Facts);
        _writer.Execute(string.Create(CultureInfo.InvariantCulture, $"UPDATE store SET cursor = {cursor}"));
        transaction.Commit();
        Cursor = cursor;
    }

    public void Dispose() => _writer.Dispose();

    private DuckDBConnection Open(EventsOptions options)
    {
        var connection = new DuckDBConnection($"Data Source={_path}");
        connection.Open();
        using (var transaction = connection.BeginTransaction())
        {
            KqlRunner.Prepare(connection);
            transaction.Commit();
        }

        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"SET memory_limit = '{options.MemoryMegabytes}MB'"));
        connection.Execute("SET autoinstall_known_extensions = false");
        connection.Execute("SET autoload_known_extensions = false");
        connection.Execute("SET allow_community_extensions = false");
        connection.Execute("SET enable_external_access = false");
        connection.Execute("SET lock_configuration = true");
        return connection;
    }

    private static int? VersionOf(DuckDBConnection connection) =>
        connection.Rows("SELECT 1 FROM information_schema.tables WHERE table_name = 'store'").Count == 0
            ? null
            : (int)connection.Rows("SELECT version FROM store")[0][0]!;

    private void Delete()
    {
        File.Delete(_path);
        File.Delete(_path + ".wal");
    }

    // Ids are GUIDs: their text needs no escaping.
    private static string Literals(IEnumerable<NetworkMessageId> ids) => string.Join(',', ids.Select(id => $"'{id}'"));
}
