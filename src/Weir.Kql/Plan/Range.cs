namespace Weir.Kql.Plan;

/// <summary>From, to (inclusive) and step are of the column's type, the step a timespan for datetimes.</summary>
internal sealed record Range(Column Column, Scalar From, Scalar To, Scalar Step) : Rows([Column], IsOrdered: true);
