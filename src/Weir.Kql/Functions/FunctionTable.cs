using System.Collections.Frozen;
using Weir.Kernel;

namespace Weir.Kql.Functions;

/// <summary>Every function by name.</summary>
internal static class FunctionTable
{
    public static FrozenDictionary<string, ScalarFunction> Scalars { get; } = PartsRegistration.EveryImplementation<IFunctionFamily>(typeof(FunctionTable).Assembly)
        .SelectMany(type => ((IFunctionFamily)Activator.CreateInstance(type)!).Functions)
        .SelectMany(function => function.Signature.Names.Select(name => KeyValuePair.Create(name, function)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    public static FrozenDictionary<string, AggregateFunction> Aggregates { get; } = PartsRegistration.EveryImplementation<IAggregateFamily>(typeof(FunctionTable).Assembly)
        .SelectMany(type => ((IAggregateFamily)Activator.CreateInstance(type)!).Aggregates)
        .SelectMany(function => function.Signature.Names.Select(name => KeyValuePair.Create(name, function)))
        .ToFrozenDictionary(StringComparer.Ordinal);
}
