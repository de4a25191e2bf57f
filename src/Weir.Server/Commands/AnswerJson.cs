using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Events.Contracts;

namespace Weir.Server.Commands;

/// <summary>
/// Answers as JSON lines. datetime: ISO 8601 with seven digits and Z; timespan: <c>{"ticks": n}</c> of 100 ns; dynamic: the JSON value;
/// NaN and infinities: strings.
/// </summary>
internal static class AnswerJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static ReadOnlyMemory<byte> Columns(JsonElement id, IReadOnlyList<AnswerColumn> columns) => Line(id, writer => WriteColumns(writer, columns));

    public static ReadOnlyMemory<byte> Rows(JsonElement id, Answer answer) => Line(id, writer =>
    {
        WriteColumns(writer, answer.Columns);
        writer.WriteStartArray("rows");
        foreach (var row in answer.Rows)
        {
            writer.WriteStartArray();
            for (var i = 0; i < row.Length; i++)
            {
                WriteCell(writer, row[i], answer.Columns[i].Type);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    });

    public static ReadOnlyMemory<byte> Error(JsonElement id, string message, int line, int column) => Line(id, writer =>
    {
        writer.WriteStartObject("error");
        writer.WriteString("message", message);
        writer.WriteNumber("line", line);
        writer.WriteNumber("column", column);
        writer.WriteEndObject();
    });

    private static ReadOnlyMemory<byte> Line(JsonElement id, Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("id");
            id.WriteTo(writer);
            body(writer);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    public static void WriteColumns(Utf8JsonWriter writer, IReadOnlyList<AnswerColumn> columns)
    {
        writer.WriteStartArray("columns");
        foreach (var column in columns)
        {
            writer.WriteStartObject();
            writer.WriteString("name", column.Name);
            writer.WriteString("type", column.Type);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void WriteCell(Utf8JsonWriter writer, object? cell, string type)
    {
        switch (cell)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string json when type is "dynamic" or "unknown":
                writer.WriteRawValue(json, skipInputValidation: true);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case DateTime time:
                writer.WriteStringValue(time.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture));
                break;
            case TimeSpan span:
                writer.WriteStartObject();
                writer.WriteNumber("ticks", span.Ticks);
                writer.WriteEndObject();
                break;
            default:
                writer.WriteStringValue(Convert.ToString(cell, CultureInfo.InvariantCulture));
                break;
        }
    }
}

[JsonSerializable(typeof(string))]
internal sealed partial class JsonLines : JsonSerializerContext;
