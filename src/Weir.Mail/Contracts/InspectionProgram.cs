namespace Weir.Mail.Contracts;

/// <summary>How a child that inspects is started.</summary>
/// <param name="File">The program.</param>
/// <param name="Arguments">Before those that the pool adds.</param>
public sealed record InspectionProgram(string File, IReadOnlyList<string> Arguments);
