using Weir.Mail.Contracts;

namespace Weir.Mail.Inspection;

/// <summary>Reads in this process: for tests and tools that trust the files.</summary>
internal sealed class InspectionHere : IInspectAttachments
{
    public ValueTask<InspectionResult> InspectAsync(ParsedMessage message, CancellationToken cancellationToken) =>
        ValueTask.FromResult(InspectionRequest.Of(message) is { } request ? FileInspection.Inspect(request) : InspectionResult.Nothing);
}
