using System.Text.Json;
using Weir.Events.Contracts;

namespace Weir.Kql.Tests.Conformance;

/// <summary>One line of a suite: a query and what a real engine or the documentation says it gives.</summary>
internal sealed class Case(JsonElement json)
{
    public string Id { get; } = json.GetProperty("id").GetString()!;

    public string Query { get; } = json.GetProperty("query").GetString()!;

    public string Relevance { get; } = json.GetProperty("relevance").GetString()!;

    public string? Grade { get; } = json.TryGetProperty("grade", out var grade) ? grade.GetString() : null;

    private bool ExpectsError => Flag("expect_error");

    private bool IsPartial => Flag("partial") || (json.TryGetProperty("complete", out var complete) && complete.ValueKind == JsonValueKind.False);

    /// <summary>Null when the answer is right; otherwise what is wrong with it.</summary>
    public string? Judge(Answer? answer, string? error)
    {
        if (ExpectsError)
        {
            return error is null ? "an error is expected" : null;
        }

        if (answer is null)
        {
            return error;
        }

        var expected = json.GetProperty("expected");
        var columns = expected.GetProperty("columns").EnumerateArray().ToList();
        var index = Columns(columns, answer);
        if (index is null)
        {
            return $"columns {string.Join(", ", columns.Select(column => column.GetProperty("name")))} expected, not {string.Join(", ", answer.Columns.Select(column => column.Name))}";
        }

        for (var i = 0; i < columns.Count; i++)
        {
            if (index[i] >= 0 && !Flag("cell_text") && !TypeFits(columns[i], answer.Columns[index[i]].Type))
            {
                return $"the column {answer.Columns[index[i]].Name} has type {answer.Columns[index[i]].Type}";
            }
        }

        var rows = expected.GetProperty("rows").EnumerateArray().ToList();
        if (!IsPartial && rows.Count != answer.Rows.Count)
        {
            return $"{rows.Count} rows expected, not {answer.Rows.Count}";
        }

        return Flag("nondeterministic") || Flag("approximate_or_nondeterministic") ? null : Rows(rows, answer, index);
    }

    private string? Rows(List<JsonElement> rows, Answer answer, int[] index)
    {
        var left = answer.Rows.ToList();
        for (var i = 0; i < rows.Count; i++)
        {
            var at = Flag("ordered") && !IsPartial ? Same(rows[i], left[0]) ? 0 : -1 : left.FindIndex(row => Same(rows[i], row));
            if (at < 0)
            {
                return $"row {i} is wrong or missing: {rows[i]}";
            }

            left.RemoveAt(at);
        }

        return null;

        bool Same(JsonElement row, object?[] actual)
        {
            var cells = row.EnumerateArray().ToList();
            for (var i = 0; i < cells.Count; i++)
            {
                if (index[i] >= 0 && !(Flag("cell_text") ? Cells.SameText(cells[i], actual[index[i]], answer.Columns[index[i]].Type) : Cells.Same(cells[i], actual[index[i]], answer.Columns[index[i]].Type)))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Where each expected column stands in the answer; -1 when names are not certain and it is not there.</summary>
    private int[]? Columns(List<JsonElement> columns, Answer answer)
    {
        var names = columns.Select(column => column.GetProperty("name").GetString()!).ToList();
        if (!json.TryGetProperty("columns_match", out var match) || match.GetString() == "exact")
        {
            return names.SequenceEqual(answer.Columns.Select(column => column.Name), StringComparer.Ordinal) ? [.. Enumerable.Range(0, names.Count)] : null;
        }

        return names.Count == answer.Columns.Count ? [.. Enumerable.Range(0, names.Count)] : [.. names.Select(answer.IndexOf)];
    }

    private static bool TypeFits(JsonElement column, string actual)
    {
        var expected = column.TryGetProperty("type", out var type) ? type.GetString() : column.TryGetProperty("type_class", out type) ? type.GetString() : null;
        return expected is null || expected == actual || (expected, actual) is ("long", "int") or ("real", "decimal");
    }

    private bool Flag(string name) => json.TryGetProperty(name, out var flag) && flag.ValueKind == JsonValueKind.True;
}
