namespace Weir.Kql.Plan;

/// <summary>The rows with a number, from 1, in a column of its own.</summary>
internal sealed record Numbered(Rows Input, Column Number) : Rows([.. Input.Columns, Number], Input.IsOrdered);
