using Weir.Kql.Plan;

namespace Weir.Kql.Binding;

/// <summary>A query with all names resolved.</summary>
/// <param name="Discovery">Set when column names must first be read from data.</param>
internal sealed record BoundQuery(Rows Rows, string? Render, Discovery? Discovery);
