namespace Weir.Kql.Plan;

/// <summary>The first rows; with a partition column the first of each partition. <see cref="IsRandom"/>: any rows.</summary>
internal sealed record Take(Rows Input, long Count, Column? Partition = null, bool IsRandom = false) : Rows(Input.Columns, Input.IsOrdered);
