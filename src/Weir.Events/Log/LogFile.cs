using System.Globalization;
using Microsoft.Data.Sqlite;
using Weir.Events.Contracts;

namespace Weir.Events.Log;

/// <summary>One day of the log: a SQLite file with the facts appended on that day (UTC).</summary>
/// <param name="Path">Its full path; names sort by day.</param>
/// <param name="Day">The day.</param>
/// <param name="First">The sequence number of its first fact, also while it has none.</param>
internal sealed record LogFile(string Path, DateOnly Day, long First)
{
    /// <summary>The form of the files; a newer Weir that changes it raises the number, and an older one refuses them.</summary>
    private const int Version = 1;

    private const string NameFormat = "'log-'yyyy-MM-dd'.sqlite'";

    public static string PathOf(string directory, DateOnly day) =>
        System.IO.Path.Combine(directory, day.ToString(NameFormat, CultureInfo.InvariantCulture));

    /// <summary>The days in a directory, oldest first.</summary>
    public static IReadOnlyList<(string Path, DateOnly Day)> In(string directory) =>
        [.. Directory.EnumerateFiles(directory, "log-*.sqlite")
            .Select(path => (Path: path, Known: DateOnly.TryParseExact(System.IO.Path.GetFileName(path), NameFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day), Day: day))
            .Where(file => file.Known)
            .Select(file => (file.Path, file.Day))
            .OrderBy(file => file.Day)];

    /// <summary>Opens for writing: WAL, and every commit reaches the disk.</summary>
    public static SqliteConnection OpenForWriting(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=WAL");
        Execute(connection, "PRAGMA synchronous=FULL");
        return connection;
    }

    public static SqliteConnection OpenForReading(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = SqliteOpenMode.ReadOnly }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>Creates the tables when they are missing and returns the file with its own first number.</summary>
    /// <param name="first">What the first number is when the file is new.</param>
    public static LogFile Prepare(SqliteConnection connection, string path, DateOnly day, long first)
    {
        var version = Number(connection, "PRAGMA user_version") ?? 0;
        if (version > Version)
        {
            throw new NewerDataException(path, version, Version);
        }

        using var transaction = connection.BeginTransaction();
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Version}"));
        Execute(connection, "CREATE TABLE IF NOT EXISTS start (id INTEGER PRIMARY KEY CHECK (id = 1), first INTEGER NOT NULL)");
        Execute(connection, "CREATE TABLE IF NOT EXISTS fact (sequence INTEGER PRIMARY KEY, at INTEGER NOT NULL, type TEXT NOT NULL, json TEXT NOT NULL)");
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"INSERT OR IGNORE INTO start VALUES (1, {first})"));
        transaction.Commit();
        return new LogFile(path, day, Number(connection, "SELECT first FROM start") ?? first);
    }

    /// <summary>The last sequence number in the file; nothing when it is empty.</summary>
    public static long? LastIn(SqliteConnection connection) => Number(connection, "SELECT max(sequence) FROM fact");

    /// <summary>Removes a day with what SQLite keeps beside it. A reader that has it open reads on.</summary>
    public static void Delete(string path)
    {
        foreach (var file in new[] { path, path + "-wal", path + "-shm" })
        {
            File.Delete(file);
        }
    }

    private static long? Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as long?;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
