namespace Weir.Mail.Inspection.Children;

/// <summary>The files of one message; their contents follow in this order.</summary>
/// <param name="Passwords">What the message says that may open them.</param>
internal sealed record InspectionQuestion(IReadOnlyList<InspectionQuestion.File> Files, IReadOnlyList<string> Passwords)
{
    internal sealed record File(string PartPath, string FileType, string FileName, string Sha256, int Length);
}
