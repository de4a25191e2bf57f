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
        var compilation = await CompileAsync(connection, kql, schema, options, cancellationToken);
        return await RunAsync(connection, compilation, options.Now, maxRows, cancellationToken);
    }

    /// <summary>Compiles; columns that only data can name are looked up.</summary>
    /// <exception cref="QuestionException">It does not compile, or DuckDB refused the look-up.</exception>
    public static async Task<KqlCompilation> CompileAsync(DuckDBConnection connection, string kql, KqlSchema schema, KqlCompileOptions options, CancellationToken cancellationToken)
    {
        var discovered = new List<IReadOnlyList<string>>();
        while (true)
        {
            var compilation = Compile(kql, schema, options, discovered);
            if (compilation.DiscoverySql is not { } sql)
            {
                return compilation;
            }

            var names = await Task.Run(() => Read(connection, sql, [new KqlResultColumn("name", KqlType.String)], int.MaxValue, cancellationToken), cancellationToken);
            discovered.Add([.. names.Rows.Select(row => (string)row[0]!)]);
        }
    }

    /// <summary>Runs what is compiled.</summary>
    /// <exception cref="QuestionException">DuckDB refused it.</exception>
    public static async Task<Answer> RunAsync(DuckDBConnection connection, KqlCompilation compilation, DateTimeOffset at, int maxRows, CancellationToken cancellationToken)
    {
        var (rows, isTruncated) = await Task.Run(() => Read(connection, compilation.Sql, compilation.Columns, maxRows, cancellationToken), cancellationToken);
        return AnswerOf(compilation, rows, at) with { IsTruncated = isTruncated };
    }

    /// <summary>Rows with what the compilation knows about them.</summary>
    public static Answer AnswerOf(KqlCompilation compilation, IReadOnlyList<object?[]> rows, DateTimeOffset at) =>
        new([.. compilation.Columns.Select(column => new AnswerColumn(column.Name, column.Type.Name()))], rows)
        {
            At = at,
            Render = compilation.Render,
            Warnings = [.. compilation.Diagnostics.Select(diagnostic => diagnostic.Message)],
        };

    /// <summary>Compiles, or says why not.</summary>
    /// <exception cref="QuestionException">It does not compile.</exception>
    public static KqlCompilation Compile(string kql, KqlSchema schema, KqlCompileOptions options, IReadOnlyList<IReadOnlyList<string>> discovered)
    {
        var compilation = KqlCompiler.Compile(kql, schema, options, discovered);
        return compilation.Diagnostics.FirstOrDefault(diagnostic => diagnostic.IsError) is { } error
            ? throw new QuestionException(error.Message, error.Line, error.Column)
            : compilation;
    }

    private static (List<object?[]> Rows, bool IsTruncated) Read(DuckDBConnection connection, string sql, IReadOnlyList<KqlResultColumn> columns, int maxRows, CancellationToken cancellationToken)
    {
        using var running = new KqlRows(connection, sql, columns, cancellationToken);
        var rows = running.Next(maxRows);
        return (rows, rows.Count == maxRows && running.Next(1).Count > 0);
    }
}
