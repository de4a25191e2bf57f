namespace Weir.Mail.Contracts;

/// <summary>Reads what attachments hold. Never throws for hostile files: a file that could not be read says so in its report.</summary>
public interface IInspectAttachments
{
    ValueTask<InspectionResult> InspectAsync(ParsedMessage message, CancellationToken cancellationToken);
}
