using Microsoft.Data.Sqlite;

namespace Weir.Storage.Contracts;

/// <summary>A file that Weir cannot do without is damaged: it does not start, so that nothing is written beside the damage.</summary>
public sealed class DamagedDataException(string path, Exception inner)
    : Exception($"{path} is damaged ({inner.Message}). Put it back from a backup, with the -wal file that lay beside it; Weir does not start without it, so that no mail is acknowledged that could be lost.", inner)
{
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    /// <summary>SQLite says that the file is damaged or none of its own (SQLITE_CORRUPT, SQLITE_NOTADB).</summary>
    public static bool IsSaidBy(Exception exception) => exception is SqliteException { SqliteErrorCode: Corrupt or NotADatabase };
}
