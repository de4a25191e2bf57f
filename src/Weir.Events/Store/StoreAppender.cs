using DuckDB.NET.Data;
using Weir.Events.Schema;
using Weir.Kernel;
using Weir.Kql.Contracts;

namespace Weir.Events.Store;

/// <summary>Bulk insertion, inside the connection's transaction.</summary>
internal static class StoreAppender
{
    public static void Append(DuckDBConnection connection, HuntingTable table, IReadOnlyList<StoreRow> rows)
    {
        using var appender = connection.CreateAppender(StoreSchema.SqlTable(table));
        foreach (var row in rows)
        {
            var line = appender.CreateRow();
            for (var i = 0; i < row.Values.Length; i++)
            {
                Append(line, row.Types[i], row.Values[i]);
            }

            line.EndRow();
        }
    }

    public static void Append(DuckDBConnection connection, IReadOnlyList<MailboxState> states)
    {
        if (states.Count == 0)
        {
            return;
        }

        using var appender = connection.CreateAppender("message_state");
        foreach (var state in states)
        {
            appender.CreateRow()
                .AppendValue(state.Id.ToString()).AppendValue(Clean(state.Recipient)).AppendValue(Clean(state.Location))
                .AppendValue(Clean(state.Action)).AppendValue(Clean(state.AdditionalFields))
                .EndRow();
        }
    }

    public static void Append(DuckDBConnection connection, IReadOnlyList<(NetworkMessageId Id, long Sequence)> facts)
    {
        if (facts.Count == 0)
        {
            return;
        }

        using var appender = connection.CreateAppender("message_fact");
        foreach (var (id, sequence) in facts)
        {
            appender.CreateRow().AppendValue((Guid?)id.Value).AppendValue((long?)sequence).EndRow();
        }
    }

    /// <summary>Deletes the rows whose text column has one of these values.</summary>
    public static void Delete(DuckDBConnection connection, HuntingTable table, string column, IEnumerable<string> values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"DELETE FROM \"{StoreSchema.SqlTable(table)}\" WHERE \"{column}\" = ?";
        var value = new DuckDBParameter();
        command.Parameters.Add(value);
        foreach (var one in values)
        {
            value.Value = Clean(one);
            command.ExecuteNonQuery();
        }
    }

    private static void Append(IDuckDBAppenderRow line, KqlType type, object? value)
    {
        _ = value switch
        {
            null => line.AppendNullValue(),
            string text => line.AppendValue(Clean(text)),
            long number => line.AppendValue((long?)number),
            int number => line.AppendValue((int?)number),
            double number => line.AppendValue((double?)number),
            bool flag => line.AppendValue((bool?)flag),
            _ => throw new InvalidOperationException($"A column of type {type.Name()} cannot hold a {value.GetType().Name}."),
        };
    }

    // DuckDB takes text as a C string: what follows a NUL would be lost.
    private static string Clean(string text) => text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', '\ufffd') : text;
}
