using Weir.Events.Contracts;
using Weir.Events.Schema;
using Weir.Kql.Contracts;

namespace Weir.Events.Asking;

/// <summary>The hunting schema as people who write queries need it.</summary>
internal sealed class HuntingCatalogue(TimeProvider time) : IHuntingCatalogue
{
    public IReadOnlyList<CatalogueTable> Tables { get; } =
    [
        .. HuntingSchema.Tables.Where(table => table.IsStored)
            .Select(table => new CatalogueTable(table.Name, [.. table.Columns.Select(column => new AnswerColumn(column.Name, column.Type.Name()))])),
    ];

    public IReadOnlyList<CatalogueProblem> Check(string kql) =>
    [
        .. KqlCompiler.Compile(kql, HuntingSchema.Kql, new KqlCompileOptions { Now = time.GetUtcNow() }).Diagnostics
            .Select(diagnostic => new CatalogueProblem(diagnostic.Message, diagnostic.Line, diagnostic.Column, diagnostic.IsError)),
    ];
}
