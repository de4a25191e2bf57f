using Microsoft.Data.Sqlite;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Storage.Blobs;

/// <summary>The keys of the blobs, in a SQLite file of their own: without it the packs are noise.</summary>
internal sealed class BlobKeys : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Lock _gate = new();

    public BlobKeys(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var path = Path.Combine(directory, "blobs.sqlite");
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            _connection.Open();
            Execute("PRAGMA journal_mode=WAL");
            Execute("PRAGMA synchronous=FULL");
            Execute("PRAGMA secure_delete=ON"); // an erased key is overwritten, not only unlinked
            Execute("CREATE TABLE IF NOT EXISTS blob_key (id BLOB PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID");
        }
        catch (SqliteException damaged) when (DamagedDataException.IsSaidBy(damaged))
        {
            throw new DamagedDataException(path, damaged);
        }

        DirectoryFlush.Flush(directory);
    }

    /// <summary>Stores keys; they are on disk when this returns.</summary>
    public void Add(IEnumerable<(Guid Id, byte[] Key)> keys)
    {
        lock (_gate)
        {
            using var transaction = _connection.BeginTransaction();
            using var insert = _connection.CreateCommand();
            insert.CommandText = "INSERT INTO blob_key VALUES ($id, $key)";
            var id = insert.Parameters.AddWithValue("$id", value: null);
            var value = insert.Parameters.AddWithValue("$key", value: null);
            foreach (var key in keys)
            {
                id.Value = key.Id.ToByteArray(bigEndian: true);
                value.Value = key.Key;
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }
    }

    public byte[]? Find(Guid id)
    {
        lock (_gate)
        {
            using var select = _connection.CreateCommand();
            select.CommandText = "SELECT key FROM blob_key WHERE id = $id";
            select.Parameters.AddWithValue("$id", id.ToByteArray(bigEndian: true));
            return select.ExecuteScalar() as byte[];
        }
    }

    /// <summary>Deletes a key, also from the write-ahead log. True when it was there.</summary>
    public bool Delete(Guid id)
    {
        lock (_gate)
        {
            using var delete = _connection.CreateCommand();
            delete.CommandText = "DELETE FROM blob_key WHERE id = $id";
            delete.Parameters.AddWithValue("$id", id.ToByteArray(bigEndian: true));
            var deleted = delete.ExecuteNonQuery() > 0;
            Execute("PRAGMA wal_checkpoint(TRUNCATE)");
            return deleted;
        }
    }

    public void Dispose() => _connection.Dispose();

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
