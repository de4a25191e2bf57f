using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Weir.Events.Contracts;

namespace Weir.Events.Log;

/// <summary>Reads the log in order through all its files, holding the one it is in open. Not for concurrent use.</summary>
internal sealed class LogReader(Func<ImmutableArray<LogFile>> files) : IDisposable
{
    private SqliteConnection? _connection;
    private LogFile? _open;

    /// <summary>The next facts after a sequence number, at most so many and all from one file; empty at the end of the log.</summary>
    /// <exception cref="UnreadableFactException">The next record is missing or cannot be read.</exception>
    public IReadOnlyList<LoggedFact> Next(long after, int atMost)
    {
        var all = files();
        if (all.IsEmpty)
        {
            return [];
        }

        // Days before the first file were dropped: reading starts at what is left.
        var expected = Math.Max(after + 1, all[0].First);
        var file = all.Last(candidate => candidate.First <= expected || candidate == all[0]);
        List<LoggedFact> facts;
        try
        {
            facts = Read(file, expected, atMost);
        }
        catch (UnreadableFactException) when (!files().Contains(file))
        {
            // The day was dropped in between.
            return Next(after, atMost);
        }

        var isNewest = file == all[^1];
        if (facts.Count == 0 && !isNewest)
        {
            throw new UnreadableFactException(file.Path, expected, "the record is missing.");
        }

        return facts;
    }

    public void Dispose() => _connection?.Dispose();

    private List<LoggedFact> Read(LogFile file, long expected, int atMost)
    {
        var facts = new List<LoggedFact>();
        try
        {
            if (_open != file)
            {
                _connection?.Dispose();
                _connection = LogFile.OpenForReading(file.Path);
                _open = file;
            }

            using var command = _connection!.CreateCommand();
            command.CommandText = "SELECT sequence, json FROM fact WHERE sequence >= $first ORDER BY sequence LIMIT $limit";
            command.Parameters.AddWithValue("$first", expected);
            command.Parameters.AddWithValue("$limit", atMost);
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                var sequence = rows.GetInt64(0);
                if (sequence != expected)
                {
                    throw new UnreadableFactException(file.Path, expected, "the record is missing.");
                }

                facts.Add(new LoggedFact(sequence, Parse(file.Path, sequence, rows.GetString(1))));
                expected++;
            }
        }
        catch (Exception exception) when (facts.Count > 0 && exception is (UnreadableFactException or SqliteException))
        {
            // What comes before the bad record is handed out first; the next call fails at it again.
        }
        catch (SqliteException exception)
        {
            throw new UnreadableFactException(file.Path, expected, exception.Message, exception);
        }

        return facts;
    }

    private static Fact Parse(string file, long sequence, string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, EventJson.Default.Fact) ?? throw new UnreadableFactException(file, sequence, "the record is empty.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw new UnreadableFactException(file, sequence, exception.Message, exception);
        }
    }
}
