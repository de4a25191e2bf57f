namespace Weir.Access.Contracts;

/// <summary>One thing that somebody did, or was not allowed to do.</summary>
/// <param name="Operation">What was done, in the vocabulary of the record, such as <c>AdminMailAccess</c> or <c>SignIn</c>.</param>
/// <param name="Target">What it was done to: an id or an address; never content.</param>
/// <param name="Result"><c>Success</c>, <c>Denied</c> or <c>Failure</c>.</param>
/// <param name="Detail">Anything that helps to understand the entry; no content of mail.</param>
public sealed record AuditEntry(string Operation, string? Target, string Result, string? Detail = null);
