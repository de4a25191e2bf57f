namespace Weir.Events.Contracts;

/// <summary>What a hunting query can be written with, and what is wrong with one. Tells nothing about rows.</summary>
public interface IHuntingCatalogue
{
    /// <summary>Tables that Weir fills; those of neighbouring products exist for queries and have no rows.</summary>
    IReadOnlyList<CatalogueTable> Tables { get; }

    /// <summary>Compiles and runs nothing: everything wrong, or worth saying, with its place.</summary>
    IReadOnlyList<CatalogueProblem> Check(string kql);
}

/// <summary>A table with its columns; types are KQL scalar names.</summary>
public sealed record CatalogueTable(string Name, IReadOnlyList<AnswerColumn> Columns);

/// <summary>Something to say about a query. Line and column count from 1, the column in UTF-16 units.</summary>
public sealed record CatalogueProblem(string Message, int Line, int Column, bool IsError);
