using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Weir.Events.Contracts;
using Weir.Server.Commands;

namespace Weir.Server.Local;

/// <summary>A part of an answer, or why there is none, as one line of JSON; cells as in <see cref="AnswerJson"/>.</summary>
internal static class AnswerLine
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>A dynamic value may be nested as deeply as the question made it.</summary>
    private static readonly JsonDocumentOptions AsDeepAsItComes = new() { MaxDepth = int.MaxValue };

    public static ReadOnlyMemory<byte> Write(Answer part) => Line(writer =>
    {
        writer.WriteString("at", part.At);
        writer.WriteString("render", part.Render);
        writer.WriteStartArray("warnings");
        foreach (var warning in part.Warnings)
        {
            writer.WriteStringValue(warning);
        }

        writer.WriteEndArray();
        AnswerJson.WriteColumns(writer, part.Columns);
        writer.WriteStartArray("rows");
        foreach (var row in part.Rows)
        {
            writer.WriteStartArray();
            for (var i = 0; i < row.Length; i++)
            {
                AnswerJson.WriteCell(writer, row[i], part.Columns[i].Type);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    });

    public static ReadOnlyMemory<byte> Write(QuestionException refusal) => Line(writer =>
    {
        writer.WriteStartObject("error");
        writer.WriteString("message", refusal.Message);
        writer.WriteNumber("line", refusal.Line);
        writer.WriteNumber("column", refusal.Column);
        writer.WriteEndObject();
    });

    /// <exception cref="QuestionException">The line says why there is no answer.</exception>
    public static Answer Read(string line)
    {
        using var document = JsonDocument.Parse(line, AsDeepAsItComes);
        var root = document.RootElement;
        if (root.TryGetProperty("error", out var error))
        {
            throw new QuestionException(error.GetProperty("message").GetString()!, error.GetProperty("line").GetInt32(), error.GetProperty("column").GetInt32());
        }

        var columns = root.GetProperty("columns").EnumerateArray().Select(column => new AnswerColumn(column.GetProperty("name").GetString()!, column.GetProperty("type").GetString()!)).ToList();
        var rows = root.GetProperty("rows").EnumerateArray().Select(row => row.EnumerateArray().Select((cell, i) => Cell(cell, columns[i].Type)).ToArray()).ToList();
        return new Answer(columns, rows)
        {
            At = root.GetProperty("at").GetDateTimeOffset(),
            Render = root.GetProperty("render").GetString(),
            Warnings = [.. root.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!)],
        };
    }

    private static ReadOnlyMemory<byte> Line(Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            body(writer);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    private static object? Cell(JsonElement cell, string type) => (cell.ValueKind, type) switch
    {
        (JsonValueKind.Null, _) => null,
        (_, "dynamic" or "unknown") => cell.GetRawText(),
        (_, "int") => cell.GetInt32(),
        (_, "long") => cell.GetInt64(),
        (JsonValueKind.String, "real") => double.Parse(cell.GetString()!, CultureInfo.InvariantCulture),
        (_, "real") => cell.GetDouble(),
        (_, "decimal") => cell.GetDecimal(),
        (_, "bool") => cell.GetBoolean(),
        (_, "datetime") => cell.GetDateTime().ToUniversalTime(),
        (_, "timespan") => new TimeSpan(cell.GetProperty("ticks").GetInt64()),
        (_, "guid") => cell.GetGuid(),
        _ => cell.GetString(),
    };
}
