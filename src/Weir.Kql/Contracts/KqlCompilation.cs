namespace Weir.Kql.Contracts;

/// <summary>A compiled query: one SELECT for DuckDB. The SQL columns are in the order of <see cref="Columns"/>; their SQL names mean nothing.</summary>
public sealed record KqlCompilation
{
    public required IReadOnlyList<KqlDiagnostic> Diagnostics { get; init; }

    public IReadOnlyList<KqlResultColumn> Columns { get; init; } = [];

    /// <summary>
    /// The SELECT; empty when there are errors. Text of the query stands in it as quoted literals, not as parameters: DuckDB 1.5 loses the values
    /// of parameters where its optimizer copies a part of the plan, and answers with nulls.
    /// </summary>
    public string Sql { get; init; } = "";

    /// <summary>The kind of chart that <c>render</c> asks for.</summary>
    public string? Render { get; init; }

    /// <summary>
    /// Set when the columns depend on data (<c>bag_unpack</c>, <c>pivot</c>): a SELECT of one text column whose values are the missing names.
    /// Run it, then compile again with <see cref="KqlCompiler.Compile(string, KqlSchema, KqlCompileOptions, IReadOnlyList{IReadOnlyList{string}})"/>.
    /// </summary>
    public string? DiscoverySql { get; init; }

    public bool IsSuccess => Diagnostics.All(diagnostic => !diagnostic.IsError);
}

/// <summary>What is fixed while one query is compiled.</summary>
public sealed record KqlCompileOptions
{
    /// <summary>The value of <c>now()</c> for the whole query.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Further <c>let</c> names: string, int, long, bool, double, DateTime (UTC), DateTimeOffset, TimeSpan, Guid or a list of strings.</summary>
    public IReadOnlyDictionary<string, object> Parameters { get; init; } = new Dictionary<string, object>(StringComparer.Ordinal);
}

/// <summary>What is wrong with a query, or worth saying about it.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
public sealed record KqlDiagnostic(string Message, int Line, int Column, bool IsError = true);

/// <summary>A column of the result.</summary>
public sealed record KqlResultColumn(string Name, KqlType Type);
