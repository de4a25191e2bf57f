namespace Weir.Portal.Explorer;

/// <summary>What a table below the chart is asked for. Public, for it is a parameter of a component.</summary>
public sealed record DetailView
{
    internal DetailView(ExplorerQuery query, ExplorerAddress address) => (Query, Address) = (query, address);

    internal ExplorerQuery Query { get; }

    /// <summary>The view as it is shown; links narrow it.</summary>
    internal ExplorerAddress Address { get; }
}
