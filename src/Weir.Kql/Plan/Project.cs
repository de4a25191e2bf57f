namespace Weir.Kql.Plan;

/// <summary>Exactly these columns. <c>extend</c>, <c>project-away</c> and their kin come to this too.</summary>
internal sealed record Project(Rows Input, IReadOnlyList<Computed> Items) : Rows([.. Items.Select(item => item.Column)], Input.IsOrdered);
