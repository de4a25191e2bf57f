namespace Weir.Portal.Quarantine;

/// <summary>What a dialog did.</summary>
/// <param name="ApprovalId">The action in the Action center; empty when there is none.</param>
public sealed record Done(string Said, string ApprovalId = "", bool IsGood = true);
