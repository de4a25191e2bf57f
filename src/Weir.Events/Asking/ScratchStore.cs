using DuckDB.NET.Data;
using Weir.Events.Contracts;
using Weir.Events.Schema;
using Weir.Kql.Contracts;

namespace Weir.Events.Asking;

/// <summary>A DuckDB instance in memory that reads no file, loads nothing and keeps its settings.</summary>
internal sealed class ScratchStore : IScratchStore, IDisposable
{
    private const int MaxRows = 1_000_000;

    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    public ScratchStore()
    {
        _connection.Open();
        foreach (var table in HuntingSchema.Tables.Where(table => table.IsStored))
        {
            Execute($"CREATE TABLE \"{table.Name}\" ({table.ColumnDefinitions()})");
        }

        KqlRunner.Prepare(_connection);
        foreach (var setting in new[]
        {
            "memory_limit = '1GB'", "enable_external_access = false", "autoinstall_known_extensions = false", "autoload_known_extensions = false", "lock_configuration = true",
        })
        {
            Execute("SET " + setting);
        }
    }

    public Task<Answer> AskAsync(string kql, DateTimeOffset now, CancellationToken cancellationToken) =>
        KqlRunner.RunAsync(_connection, kql, HuntingSchema.Kql, new KqlCompileOptions { Now = now }, MaxRows, cancellationToken);

    public IReadOnlyList<AnswerColumn> Columns(string kql, DateTimeOffset now) =>
        [.. KqlRunner.Compile(kql, HuntingSchema.Kql, new KqlCompileOptions { Now = now }, []).Columns.Select(column => new AnswerColumn(column.Name, column.Type.Name()))];

    public void Dispose() => _connection.Dispose();

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
