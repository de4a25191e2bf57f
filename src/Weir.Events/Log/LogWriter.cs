using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Weir.Kernel;
using Weir.Storage.Contracts;

namespace Weir.Events.Log;

/// <summary>Writes groups of facts, each group with one commit, into the file of the day. Used by one thread at a time.</summary>
internal sealed class LogWriter : IDisposable
{
    private static readonly string[] ParameterNames = ["$sequence", "$at", "$type", "$json"];

    private readonly string _directory;
    private readonly TimeProvider _time;
    private readonly int _daysKept;
    private SqliteConnection? _connection;
    private ImmutableArray<LogFile> _files;

    public LogWriter(string directory, TimeProvider time, int daysKept)
    {
        _directory = directory;
        _time = time;
        _daysKept = daysKept;
        Directory.CreateDirectory(directory);
        foreach (var (path, day) in LogFile.In(directory))
        {
            TakeUp(path, day);
        }

        DropOldDays();
    }

    private void TakeUp(string path, DateOnly day)
    {
        _connection?.Dispose();
        try
        {
            _connection = LogFile.OpenForWriting(path);
            var file = LogFile.Prepare(_connection, path, day, Last + 1);
            _files = Files.Add(file);
            Last = LogFile.LastIn(_connection) ?? (file.First - 1);
        }
        catch (SqliteException damaged) when (DamagedDataException.IsSaidBy(damaged))
        {
            throw new DamagedDataException(path, damaged);
        }
    }

    /// <summary>The last sequence number that is on disk.</summary>
    public long Last { get; private set; }

    /// <summary>The files, oldest first. May be read from any thread.</summary>
    public ImmutableArray<LogFile> Files => _files.IsDefault ? [] : _files;

    /// <summary>Writes every list in order.</summary>
    /// <returns>For each list the sequence number of its last fact.</returns>
    public IReadOnlyList<long> Write(IReadOnlyList<Entry[]> lists)
    {
        var connection = FileOfToday();
        var sequence = Last;
        var results = new long[lists.Count];
        try
        {
            using var transaction = connection.BeginTransaction();
            using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO fact VALUES ($sequence, $at, $type, $json)";
            var parameters = ParameterNames.Select(name => insert.Parameters.AddWithValue(name, value: null)).ToArray();
            for (var i = 0; i < lists.Count; i++)
            {
                foreach (var entry in lists[i])
                {
                    parameters[0].Value = ++sequence;
                    parameters[1].Value = entry.AtTicks;
                    parameters[2].Value = entry.Type;
                    parameters[3].Value = entry.Json;
                    insert.ExecuteNonQuery();
                }

                results[i] = sequence;
            }

            transaction.Commit();
        }
        catch (SqliteException)
        {
            // Whether that commit is on disk is not known: look again before the next one.
            _connection?.Dispose();
            _connection = null;
            throw;
        }

        Last = sequence;
        return results;
    }

    public void Dispose() => _connection?.Dispose();

    private SqliteConnection FileOfToday()
    {
        var newest = Files.LastOrDefault();
        if (_connection is null && newest is not null)
        {
            _connection = LogFile.OpenForWriting(newest.Path);
            Last = LogFile.LastIn(_connection) ?? (newest.First - 1);
        }

        // A clock that was set back does not reopen an older day: numbers rise from file to file.
        var today = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
        if (_connection is not null && newest is not null && newest.Day >= today)
        {
            return _connection;
        }

        _connection?.Dispose();
        var path = LogFile.PathOf(_directory, today);
        _connection = LogFile.OpenForWriting(path);
        var file = LogFile.Prepare(_connection, path, today, Last + 1);
        DirectoryFlush.Flush(_directory);
        _files = Files.Add(file);
        DropOldDays();
        return _connection;
    }

    /// <summary>Drops the days that are over their time, oldest first; never the newest, which holds the last number.</summary>
    private void DropOldDays()
    {
        var oldest = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime).DayNumber - _daysKept + 1;
        while (Files is [{ } first, _, ..] && first.Day.DayNumber < oldest)
        {
            // Readers must not look for a day that is gone: the list first, then the file.
            _files = _files.RemoveAt(0);
            LogFile.Delete(first.Path);
        }
    }
}

/// <summary>A fact ready to be written.</summary>
internal readonly record struct Entry(long AtTicks, string Type, string Json);
