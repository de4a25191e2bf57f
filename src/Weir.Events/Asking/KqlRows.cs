using DuckDB.NET.Data;
using Weir.Events.Contracts;
using Weir.Kql.Contracts;

namespace Weir.Events.Asking;

/// <summary>The rows of a running query, read as they come. Blocks; cancelling the token stops DuckDB.</summary>
internal sealed class KqlRows : IDisposable
{
    private readonly DuckDBCommand _command;
    private readonly DuckDBDataReader _reader;
    private readonly Interruption _interruption;
    private readonly IReadOnlyList<KqlResultColumn> _columns;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Starts the query.</summary>
    /// <exception cref="QuestionException">DuckDB refused it.</exception>
    public KqlRows(DuckDBConnection connection, string sql, IReadOnlyList<KqlResultColumn> columns, CancellationToken cancellationToken)
    {
        _columns = columns;
        _cancellationToken = cancellationToken;
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        _command.UseStreamingMode = true;
        _interruption = new Interruption(_command, cancellationToken);
        try
        {
            _reader = Translated(() => _command.ExecuteReader());
        }
        catch
        {
            _interruption.Dispose();
            _command.Dispose();
            throw;
        }
    }

    /// <summary>The next rows, at most so many; fewer at the end.</summary>
    /// <exception cref="QuestionException">DuckDB failed.</exception>
    public List<object?[]> Next(int atMost) => Translated(() =>
    {
        var rows = new List<object?[]>();
        while (rows.Count < atMost && _reader.Read())
        {
            rows.Add(Row());
        }

        return rows;
    });

    public void Dispose()
    {
        _interruption.Dispose();
        _reader.Dispose();
        _command.Dispose();
    }

    private T Translated<T>(Func<T> work)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return work();
        }
        catch (DuckDBException error)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            throw new QuestionException($"The query failed: {FirstLine(error.Message)}", 0, 0);
        }
    }

    private static string FirstLine(string message)
    {
        var end = message.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private object?[] Row()
    {
        var row = new object?[_columns.Count];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = _reader.IsDBNull(i) ? _columns[i].Type == KqlType.String ? "" : null : Cell(i, _columns[i].Type);
        }

        return row;
    }

    private object? Cell(int i, KqlType type) => type switch
    {
        KqlType.Int => _reader.GetInt32(i),
        KqlType.Long => _reader.GetInt64(i),
        KqlType.Real => _reader.GetDouble(i),
        KqlType.Decimal => Decimal(_reader.GetDouble(i)),
        KqlType.Bool => _reader.GetBoolean(i),
        KqlType.DateTime => _reader.GetInt64(i) is var ticks and >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks, DateTimeKind.Utc) : null,
        KqlType.TimeSpan => new TimeSpan(_reader.GetInt64(i)),
        KqlType.Guid => _reader.GetGuid(i),
        _ => _reader.GetString(i),
    };

    /// <summary>Null when it is beyond what a decimal can hold.</summary>
    private static decimal? Decimal(double value) => Math.Abs(value) < 7e28 ? (decimal)value : null;
}
