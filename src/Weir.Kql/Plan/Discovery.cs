namespace Weir.Kql.Plan;

/// <summary>A question for names that only the data knows: text, or an array of texts, per row.</summary>
internal sealed record Discovery(Rows Input, Scalar Names);
