using Weir.Response.Contracts;

namespace Weir.Server.Local;

/// <summary>What is asked of actions on mail.</summary>
/// <param name="Id">The approval id, or how it begins when that is one only.</param>
/// <param name="Reason">Kept in the audit trail.</param>
internal sealed record ActionRequest(ActionDeed Deed, string Id = "", string Reason = "");

/// <summary>What <c>weir action</c> can do.</summary>
internal enum ActionDeed { List, Show, Approve, Reject, Undo }

/// <summary>What is wrong with it, empty when it was done; the actions, the newest first; and of one that is shown its first messages.</summary>
internal sealed record ActionAnswer(string Problem, IReadOnlyList<Remediation> Actions, IReadOnlyList<ActionLine> Messages);

/// <summary>One message of an action.</summary>
internal sealed record ActionLine(string MessageId, string Recipient, string Subject, string Result, string From, string Now);
