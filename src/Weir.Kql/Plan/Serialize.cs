namespace Weir.Kql.Plan;

/// <summary>The same rows; from here on their order means something.</summary>
internal sealed record Serialize(Rows Input) : Rows(Input.Columns, IsOrdered: true);
