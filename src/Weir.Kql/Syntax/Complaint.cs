namespace Weir.Kql.Syntax;

/// <summary>A diagnostic with its place in the text, before lines are counted.</summary>
internal readonly record struct Complaint(string Message, Span Span, bool IsError = true);
