namespace Weir.Mail.Inspection.Children;

/// <summary>The files of one message; their contents follow in this order.</summary>
internal sealed record InspectionQuestion(IReadOnlyList<InspectionQuestion.File> Files)
{
    internal sealed record File(string PartPath, string FileType, string FileName, string Sha256, int Length);
}
