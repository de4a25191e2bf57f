namespace Weir.Mail.Inspection.Children;

/// <summary>What a child says when it is ready.</summary>
/// <param name="IsConfined">The system refuses it sockets, other programs and writing.</param>
/// <param name="RuleFiles">Files of YARA rules that run.</param>
/// <param name="RuleProblems">What of the rules does not run, with file and line.</param>
internal sealed record InspectionHello(bool IsConfined, int RuleFiles, IReadOnlyList<string>? RuleProblems);
