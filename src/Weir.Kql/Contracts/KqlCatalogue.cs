using Weir.Kql.Functions;
using Weir.Kql.Syntax;

namespace Weir.Kql.Contracts;

/// <summary>The words that a query may use, for those who help people write one. What stands here compiles.</summary>
public static class KqlCatalogue
{
    /// <summary>Operators after a pipe.</summary>
    public static IReadOnlyList<string> Operators { get; } = Parser.OperatorNames;

    /// <summary>Functions and aggregates, every name of each, in the order of the alphabet.</summary>
    public static IReadOnlyList<KqlFunction> Functions { get; } =
    [
        .. FunctionTable.Scalars.Select(pair => new KqlFunction(pair.Key, Shown(pair.Value.Signature, pair.Key), IsAggregate: false))
            .Concat(FunctionTable.Aggregates.Select(pair => new KqlFunction(pair.Key, Shown(pair.Value.Signature, pair.Key), IsAggregate: true)))
            .OrderBy(function => function.Name, StringComparer.Ordinal).ThenBy(function => function.IsAggregate),
    ];

    private static string Shown(Signature signature, string name) => name + signature.Text[signature.Text.IndexOf('(', StringComparison.Ordinal)..];
}
