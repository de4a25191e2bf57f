namespace Weir.Kql.Plan;

/// <summary>One table after the other. Each part gives one scalar per column.</summary>
internal sealed record Union(IReadOnlyList<(Rows Rows, IReadOnlyList<Scalar> Items)> Parts, IReadOnlyList<Column> Columns) : Rows(Columns);
