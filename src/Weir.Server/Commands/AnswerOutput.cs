using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;
using Weir.Events.Contracts;

namespace Weir.Server.Commands;

/// <summary>Answers for people and programs at a terminal. Parts are written as they come, except for the table, whose columns need all its rows.</summary>
internal static class AnswerOutput
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static async Task JsonAsync(IAsyncEnumerable<Answer> parts, TextWriter output, CancellationToken cancellationToken)
    {
        var separator = "[";
        await foreach (var part in parts.WithCancellation(cancellationToken))
        {
            foreach (var row in part.Rows)
            {
                await output.WriteAsync(separator + "\n" + Json(part.Columns, row));
                separator = ",";
            }
        }

        await output.WriteAsync(separator == "[" ? "[]\n" : "\n]\n");
    }

    public static async Task CsvAsync(IAsyncEnumerable<Answer> parts, TextWriter output, CancellationToken cancellationToken)
    {
        var isFirst = true;
        await foreach (var part in parts.WithCancellation(cancellationToken))
        {
            if (isFirst)
            {
                await output.WriteAsync(Csv(part.Columns.Select(column => column.Name)));
                isFirst = false;
            }

            foreach (var row in part.Rows)
            {
                await output.WriteAsync(Csv(row.Select(Text)));
            }
        }
    }

    public static async Task TableAsync(IAsyncEnumerable<Answer> parts, TextWriter output, int atMost, CancellationToken cancellationToken)
    {
        var table = new Table { Border = TableBorder.Simple };
        var shown = 0;
        var count = 0;
        Answer? last = null;
        await foreach (var part in parts.WithCancellation(cancellationToken))
        {
            if (last is null)
            {
                foreach (var column in part.Columns)
                {
                    table.AddColumn(new TableColumn(Markup.Escape(column.Name)));
                }
            }

            last = part;
            count += part.Rows.Count;
            foreach (var row in part.Rows.Take(atMost - shown))
            {
                table.AddRow(row.Select(cell => Markup.Escape(Printable(Text(cell)))).ToArray());
                shown++;
            }
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        console.Write(table);
        var rows = shown == count ? $"{count} rows" : $"{shown} of {count} rows; --csv or --json gives all";
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{rows}, counted at {last?.At:yyyy-MM-dd HH:mm:ss}Z"));
        foreach (var warning in last?.Warnings ?? [])
        {
            await output.WriteLineAsync(warning);
        }
    }

    /// <summary>A cell as text: datetime in ISO 8601, timespan as d.hh:mm:ss, dynamic as JSON, null as nothing.</summary>
    private static string Text(object? cell) => cell switch
    {
        null => "",
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "",
    };

    // Text of mail reaches a terminal here: control characters could move its cursor or change its title.
    public static string Printable(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(character => char.IsControl(character) ? '\u00b7' : character)) : text;

    private static string Csv(IEnumerable<string> cells) => string.Join(',', cells.Select(Quoted)) + "\r\n";

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(",\"\r\n") ? '"' + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + '"' : cell;

    private static string Json(IReadOnlyList<AnswerColumn> columns, object?[] row)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            for (var i = 0; i < row.Length; i++)
            {
                writer.WritePropertyName(columns[i].Name);
                AnswerJson.WriteCell(writer, row[i], columns[i].Type);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
