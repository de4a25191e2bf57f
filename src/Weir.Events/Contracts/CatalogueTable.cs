namespace Weir.Events.Contracts;

/// <summary>A table with its columns; types are KQL scalar names.</summary>
public sealed record CatalogueTable(string Name, IReadOnlyList<AnswerColumn> Columns);
