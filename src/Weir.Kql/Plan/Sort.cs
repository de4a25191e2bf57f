namespace Weir.Kql.Plan;

internal sealed record Sort(Rows Input, IReadOnlyList<SortKey> Keys) : Rows(Input.Columns, IsOrdered: true);

internal sealed record SortKey(Scalar Value, bool IsAscending, bool NullsFirst);
