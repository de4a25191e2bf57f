namespace Weir.Kql.Plan;

internal sealed record Where(Rows Input, Scalar Predicate) : Rows(Input.Columns, Input.IsOrdered);
