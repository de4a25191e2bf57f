using Weir.Events.Contracts;
using Weir.Kql.Contracts;

namespace Weir.Portal.Tests.Support;

/// <summary>Two tables, compiled by the real engine.</summary>
internal sealed class FakeCatalogue(TimeProvider time) : IHuntingCatalogue
{
    private static readonly KqlSchema Schema = new(
    [
        new KqlTable("EmailEvents",
        [
            new("Timestamp", KqlType.DateTime), new("NetworkMessageId", KqlType.String), new("RecipientEmailAddress", KqlType.String),
            new("Subject", KqlType.String), new("EmailSize", KqlType.Long), new("ThreatTypes", KqlType.String),
        ]),
        new KqlTable("UrlClickEvents", [new("Timestamp", KqlType.DateTime), new("Url", KqlType.String)]),
    ]);

    public IReadOnlyList<CatalogueTable> Tables { get; } =
        [.. Schema.Tables.Values.Select(table => new CatalogueTable(table.Name, [.. table.Columns.Select(column => new AnswerColumn(column.Name, column.Type.Name()))]))];

    public IReadOnlyList<CatalogueProblem> Check(string kql) =>
    [
        .. KqlCompiler.Compile(kql, Schema, new KqlCompileOptions { Now = time.GetUtcNow() }).Diagnostics
            .Select(diagnostic => new CatalogueProblem(diagnostic.Message, diagnostic.Line, diagnostic.Column, diagnostic.IsError)),
    ];
}
