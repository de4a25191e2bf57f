using Weir.Mail.Contracts;

namespace Weir.Mail.Inspection.Children;

/// <summary>What one file of a question holds.</summary>
internal sealed record InspectionAnswer(InspectionResult Result);
