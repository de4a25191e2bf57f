using DuckDB.NET.Data;
using Weir.Events.Contracts;
using Weir.Kql.Contracts;

namespace Weir.Events.Asking;

/// <summary>Runs compiled queries on a DuckDB connection. One query at a time per connection.</summary>
internal static class KqlRunner
{
    /// <summary>Creates the macros that compiled queries call; once per instance, before it is locked.</summary>
    public static void Prepare(DuckDBConnection connection)
    {
        foreach (var statement in KqlCompiler.Prelude)
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Compiles and runs. Columns that only data can name are looked up first.</summary>
    /// <exception cref="QuestionException">It does not compile, or DuckDB refused it.</exception>
    public static async Task<Answer> RunAsync(DuckDBConnection connection, string kql, KqlSchema schema, KqlCompileOptions options, int maxRows, CancellationToken cancellationToken)
    {
        var discovered = new List<IReadOnlyList<string>>();
        while (true)
        {
            var compilation = Compile(kql, schema, options, discovered);
            if (compilation.DiscoverySql is not { } sql)
            {
                return await RunAsync(connection, compilation, options.Now, maxRows, cancellationToken);
            }

            var names = await Task.Run(() => Read(connection, sql, compilation, [new KqlResultColumn("name", KqlType.String)], int.MaxValue, cancellationToken), cancellationToken);
            discovered.Add([.. names.Rows.Select(row => (string)row[0]!)]);
        }
    }

    /// <exception cref="QuestionException">DuckDB refused it.</exception>
    public static async Task<Answer> RunAsync(DuckDBConnection connection, KqlCompilation compilation, DateTimeOffset at, int maxRows, CancellationToken cancellationToken)
    {
        var (rows, isTruncated) = await Task.Run(() => Read(connection, compilation.Sql, compilation, compilation.Columns, maxRows, cancellationToken), cancellationToken);
        return new Answer([.. compilation.Columns.Select(column => new AnswerColumn(column.Name, column.Type.Name()))], rows)
        {
            At = at,
            IsTruncated = isTruncated,
            Render = compilation.Render,
            Warnings = [.. compilation.Diagnostics.Select(diagnostic => diagnostic.Message)],
        };
    }

    /// <exception cref="QuestionException">It does not compile.</exception>
    public static KqlCompilation Compile(string kql, KqlSchema schema, KqlCompileOptions options, IReadOnlyList<IReadOnlyList<string>> discovered)
    {
        var compilation = KqlCompiler.Compile(kql, schema, options, discovered);
        return compilation.Diagnostics.FirstOrDefault(diagnostic => diagnostic.IsError) is { } error
            ? throw new QuestionException(error.Message, error.Line, error.Column)
            : compilation;
    }

    private static (List<object?[]> Rows, bool IsTruncated) Read(DuckDBConnection connection, string sql, KqlCompilation compilation, IReadOnlyList<KqlResultColumn> columns, int maxRows, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        foreach (var (name, value) in compilation.Parameters)
        {
            command.Parameters.Add(new DuckDBParameter(name, value));
        }

        // DuckDB ignores time limits and blocks: the only way to stop it is from another thread.
        using var registration = cancellationToken.Register(command.Cancel);
        try
        {
            using var reader = command.ExecuteReader();
            var rows = new List<object?[]>();
            while (reader.Read())
            {
                if (rows.Count == maxRows)
                {
                    return (rows, true);
                }

                rows.Add(Row(reader, columns));
            }

            return (rows, false);
        }
        catch (DuckDBException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new QuestionException($"The query failed: {FirstLine(error.Message)}", 0, 0);
        }
    }

    private static string FirstLine(string message)
    {
        var end = message.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private static object?[] Row(DuckDBDataReader reader, IReadOnlyList<KqlResultColumn> columns)
    {
        var row = new object?[columns.Count];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = reader.IsDBNull(i) ? columns[i].Type == KqlType.String ? "" : null : Cell(reader, i, columns[i].Type);
        }

        return row;
    }

    private static object? Cell(DuckDBDataReader reader, int i, KqlType type) => type switch
    {
        KqlType.Int => reader.GetInt32(i),
        KqlType.Long => reader.GetInt64(i),
        KqlType.Real => reader.GetDouble(i),
        KqlType.Decimal => Decimal(reader.GetDouble(i)),
        KqlType.Bool => reader.GetBoolean(i),
        KqlType.DateTime => reader.GetInt64(i) is var ticks and >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks, DateTimeKind.Utc) : null,
        KqlType.TimeSpan => new TimeSpan(reader.GetInt64(i)),
        KqlType.Guid => reader.GetGuid(i),
        _ => reader.GetString(i),
    };

    /// <summary>Null when it is beyond what a decimal can hold.</summary>
    private static object? Decimal(double value) => Math.Abs(value) < 7e28 ? (decimal)value : null;
}
