using System.Diagnostics.CodeAnalysis;
using Weir.Kql.Plan;
using Weir.Kql.Syntax;

namespace Weir.Kql.Binding;

/// <summary>What <c>let</c> names stand for: a <see cref="Scalar"/>, <see cref="SharedRows"/> or <see cref="Function"/>. Inner names hide outer ones.</summary>
internal sealed class Names(Names? outer)
{
    private readonly Dictionary<string, object> _names = new(StringComparer.Ordinal);

    public void Set(string name, object meaning) => _names[name] = meaning;

    public bool TryFind(string name, [NotNullWhen(true)] out object? meaning) =>
        _names.TryGetValue(name, out meaning) || (outer is not null && outer.TryFind(name, out meaning));

    public IEnumerable<string> All => outer is null ? _names.Keys : _names.Keys.Concat(outer.All);
}

/// <summary>A function of the query with the names it can see.</summary>
internal sealed record Function(FunctionStatement Statement, Names Closure);
