namespace Weir.Mail.Contracts;

/// <summary>How a child that inspects is started.</summary>
/// <param name="File">The program.</param>
/// <param name="Arguments">Before those that the pool adds.</param>
/// <param name="Place">The folder that the folder of rules is relative to; empty when there is none, and then no rules.</param>
public sealed record InspectionProgram(string File, IReadOnlyList<string> Arguments, string Place = "");
