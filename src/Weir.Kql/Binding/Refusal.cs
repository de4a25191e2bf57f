using Weir.Kql.Syntax;

namespace Weir.Kql.Binding;

/// <summary>Stops binding at the first thing that has no meaning; the compiler turns it into a diagnostic.</summary>
internal sealed class Refusal(string message, Span span) : Exception(message)
{
    public Span Span { get; } = span;

    /// <summary>The reason is a name that is not known.</summary>
    public bool IsUnknownName { get; init; }
}
