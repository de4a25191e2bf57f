namespace Weir.Events.Contracts;

/// <summary>What a hunting query can be written with, and what is wrong with one. Tells nothing about rows.</summary>
public interface IHuntingCatalogue
{
    /// <summary>Tables that Weir fills; those of neighbouring products exist for queries and have no rows.</summary>
    IReadOnlyList<CatalogueTable> Tables { get; }

    /// <summary>Compiles and runs nothing: everything wrong, or worth saying, with its place.</summary>
    IReadOnlyList<CatalogueProblem> Check(string kql);
}
