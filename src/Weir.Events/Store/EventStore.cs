using System.Globalization;
using DuckDB.NET.Data;
using Microsoft.Extensions.Options;
using Weir.Events.Asking;
using Weir.Events.Contracts;
using Weir.Events.Folding;
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
    /// <summary>What DuckDB says, in every kind of its errors, when the system could not write for want of room (ENOSPC).</summary>
    private const string NoRoom = "No space left on device";

    private readonly string _path;
    private readonly EventsOptions _options;
    private readonly Lock _opening = new();
    private DuckDBConnection _writer;
    private bool _isClosed;

    public EventStore(DataDirectory directory, IOptions<EventsOptions> options)
    {
        _options = options.Value;
        _path = directory.EventStore;
        Directory.CreateDirectory(directory.Path);
        _writer = OpenOrSetAside(options.Value);
        if (VersionOf(_writer) is { } version && version != StoreSchema.Version)
        {
            _writer.Dispose();
            if (version > StoreSchema.Version)
            {
                throw new NewerDataException(_path, version, StoreSchema.Version);
            }

            Delete();
            _writer = Open(options.Value);
            Rebuilding = "The event store is of an older form and is made anew from the log.";
        }

        if (VersionOf(_writer) is null)
        {
            using var transaction = _writer.BeginTransaction();
            StoreSchema.Create(_writer);
            transaction.Commit();
        }

        Cursor = (long)_writer.Rows("SELECT cursor FROM store")[0][0]!;
    }

    /// <summary>Why the store began anew and is still behind the log; null when it is whole. Its answers say so.</summary>
    public string? Rebuilding { get; private set; }

    /// <summary>Why the store stands still although the log goes on; null when it does not.</summary>
    public string? Held { get; private set; }

    /// <summary>Nothing could be written for want of room on the disk; the file is whole. Call <see cref="Recover"/> before the next attempt.</summary>
    public static bool IsForWantOfRoom(Exception exception) => exception is DuckDBException && exception.Message.Contains(NoRoom, StringComparison.Ordinal);

    /// <summary>The disk is full: answers say so until a change is applied again.</summary>
    public void Hold()
    {
        Held = $"The disk of {_path} is full; it goes on by itself when there is room.";
    }

    /// <summary>
    /// Opens the file anew when a failed write has closed it to everybody, which DuckDB does when it fails in a checkpoint. Until the questions of before
    /// have ended that fails again.
    /// </summary>
    /// <exception cref="DuckDBException">It cannot be opened yet.</exception>
    public void Recover()
    {
        lock (_opening)
        {
            if (!_isClosed && IsUsable())
            {
                return;
            }

            _isClosed = true;
            _writer.Dispose();
            _writer = Open(_options);
            Cursor = (long)_writer.Rows("SELECT cursor FROM store")[0][0]!;
            _isClosed = false;
        }
    }

    /// <summary>The store is at the end of the log again.</summary>
    public void Rebuilt() => Rebuilding = null;

    /// <summary>The file has turned out to be damaged while it was open: the next start sets it aside and rebuilds it.</summary>
    public void MarkDamaged() => File.WriteAllText(_path + ".damaged-mark", "");

    /// <summary>The last sequence number of the log that is folded in.</summary>
    public long Cursor { get; private set; }

    /// <summary>A further connection to the same instance, for reading.</summary>
    /// <exception cref="QuestionException">The store is closed for want of room on the disk.</exception>
    public DuckDBConnection OpenReading()
    {
        lock (_opening)
        {
            // The first connection of an instance sets its bounds: it must be the writer.
            if (_isClosed)
            {
                throw new QuestionException(Held ?? "The event store is being opened again.", 0, 0);
            }

            var connection = new DuckDBConnection($"Data Source={_path}");
            connection.Open();
            return connection;
        }
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

        Apply(changes.Campaigns);
        StoreAppender.Append(_writer, changes.States);
        StoreAppender.Append(_writer, changes.Facts);
        _writer.Execute(string.Create(CultureInfo.InvariantCulture, $"UPDATE store SET cursor = {cursor}"));
        transaction.Commit();
        Cursor = cursor;
        Held = null;
    }

    /// <summary>The highest revision of a campaign holds, whatever the order.</summary>
    private void Apply(IReadOnlyCollection<CampaignChanged> campaigns)
    {
        if (campaigns.Count == 0)
        {
            return;
        }

        var table = StoreSchema.SqlTable(WeirTables.WeirCampaigns);
        var known = _writer.Rows($"SELECT \"CampaignId\", \"Revision\" FROM \"{table}\"").ToDictionary(row => (string)row[0]!, row => (int)row[1]!, StringComparer.Ordinal);
        var newer = campaigns.Where(campaign => campaign.Revision > known.GetValueOrDefault(campaign.CampaignId)).ToList();
        StoreAppender.Delete(_writer, WeirTables.WeirCampaigns, "CampaignId", newer.Where(campaign => known.ContainsKey(campaign.CampaignId)).Select(campaign => campaign.CampaignId));
        StoreAppender.Append(_writer, WeirTables.WeirCampaigns, [.. newer.Select(CampaignRows.Of)]);
    }

    /// <summary>
    /// Drops the messages that have no fact from a sequence number on, and clicks and alerts before an instant. Messages go by their facts and not by their
    /// time: an old mail that was imported yesterday stays.
    /// </summary>
    public void Drop(long before, DateTime earliest)
    {
        using var transaction = _writer.BeginTransaction();
        if ((long)_writer.Rows(string.Create(CultureInfo.InvariantCulture, $"SELECT count(*) FROM message_fact WHERE sequence < {before}"))[0][0]! > 0)
        {
            var gone = string.Create(CultureInfo.InvariantCulture, $"(SELECT id::VARCHAR FROM message_fact GROUP BY id HAVING max(sequence) < {before})");
            var tables = HuntingSchema.Tables.Where(table => table.IsStored && !HuntingSchema.KeptByTime.Contains(table) && table.StoredColumns.Any(column => column.Name == "NetworkMessageId"));
            foreach (var table in tables.Select(StoreSchema.SqlTable).Append("message_state"))
            {
                _writer.Execute($"DELETE FROM \"{table}\" WHERE \"NetworkMessageId\" IN {gone}");
            }

            _writer.Execute("""
                DELETE FROM "WeirCampaigns" c WHERE NOT EXISTS (SELECT 1 FROM campaign_rows r WHERE r."CampaignId" = c."CampaignId")
                    AND NOT EXISTS (SELECT 1 FROM "WeirCampaigns" part WHERE part."MergedInto" = c."CampaignId")
                """);
            _writer.Execute(string.Create(CultureInfo.InvariantCulture, $"DELETE FROM message_fact WHERE sequence < {before}"));
        }

        foreach (var table in HuntingSchema.KeptByTime)
        {
            _writer.Execute(string.Create(CultureInfo.InvariantCulture, $"DELETE FROM \"{StoreSchema.SqlTable(table)}\" WHERE \"Timestamp\" < {earliest.Ticks}"));
        }

        transaction.Commit();
    }

    public void Dispose() => _writer.Dispose();

    /// <summary>Opens the file; when it cannot be read it is kept beside under another name and an empty one takes its place.</summary>
    private DuckDBConnection OpenOrSetAside(EventsOptions options)
    {
        var mark = _path + ".damaged-mark";
        if (!File.Exists(mark))
        {
            try
            {
                var connection = Open(options);
                if (VersionOf(connection) is not null)
                {
                    _ = connection.Rows("SELECT cursor FROM store")[0][0];
                }

                return connection;
            }
            catch (DuckDBException exception) when (File.Exists(_path) && !IsForWantOfRoom(exception))
            {
                // Told through Rebuilding.
            }
        }

        if (File.Exists(_path))
        {
            File.Move(_path, _path + ".damaged", overwrite: true);
        }

        Delete();
        File.Delete(mark);
        Rebuilding = $"The event store was damaged and is made anew from the log; the damaged file is {_path}.damaged.";
        return Open(options);
    }

    private DuckDBConnection Open(EventsOptions options)
    {
        var connection = new DuckDBConnection($"Data Source={_path}");
        try
        {
            connection.Open();
            SetUp(connection, options);
            return connection;
        }
        catch (DuckDBException)
        {
            // Left open, it would keep an instance alive that nobody can use.
            connection.Dispose();
            throw;
        }
    }

    private static void SetUp(DuckDBConnection connection, EventsOptions options)
    {
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
    }

    private bool IsUsable()
    {
        try
        {
            return _writer.Rows("SELECT 1").Count == 1;
        }
        catch (DuckDBException)
        {
            return false;
        }
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
