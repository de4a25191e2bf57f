using Weir.Kql.Binding;
using Weir.Kql.Emit.DuckDb;
using Weir.Kql.Syntax;

namespace Weir.Kql.Contracts;

/// <summary>KQL text to one SELECT for DuckDB. Pure: reads no clock, no table, no file. Safe for concurrent use.</summary>
public static class KqlCompiler
{
    /// <summary>Longest query in UTF-16 units.</summary>
    public const int MaxLength = 1_000_000;

    /// <summary>Macros that the SELECT calls; run each once per DuckDB instance, in this order, before it is locked.</summary>
    public static IReadOnlyList<string> Prelude => Emit.DuckDb.Prelude.Statements;

    public static KqlCompilation Compile(string text, KqlSchema schema, KqlCompileOptions options) => Compile(text, schema, options, []);

    /// <summary>The same when columns have been looked up in the data.</summary>
    /// <param name="discovered">The answers of the discovery queries so far, one list of names for each; see <see cref="KqlCompilation.DiscoverySql"/>.</param>
    public static KqlCompilation Compile(string text, KqlSchema schema, KqlCompileOptions options, IReadOnlyList<IReadOnlyList<string>> discovered)
    {
        if (text.Length > MaxLength)
        {
            return new KqlCompilation { Diagnostics = [new KqlDiagnostic($"The query is longer than {MaxLength} characters.", 1, 1)] };
        }

        var complaints = new List<Complaint>();
        var script = Parser.Parse(text, complaints);
        var lines = new Lines(text);
        if (complaints.Exists(complaint => complaint.IsError))
        {
            return new KqlCompilation { Diagnostics = [.. complaints.Select(lines.Diagnostic)] };
        }

        var binder = new Binder(schema, options, discovered);
        try
        {
            var bound = binder.Bind(script);
            var emitter = new Emitter();
            var sql = bound.Discovery is null ? emitter.Query(bound.Rows) : emitter.Query(bound.Discovery);
            return new KqlCompilation
            {
                Diagnostics = [.. complaints.Concat(binder.Warnings).Select(lines.Diagnostic)],
                Columns = [.. bound.Rows.Visible.Select(column => new KqlResultColumn(column.Name, column.Type))],
                Sql = bound.Discovery is null ? sql : "",
                DiscoverySql = bound.Discovery is null ? null : sql,
                Render = bound.Render,
            };
        }
        catch (Refusal refusal)
        {
            return new KqlCompilation { Diagnostics = [lines.Diagnostic(new Complaint(refusal.Message, refusal.Span))] };
        }
    }
}
