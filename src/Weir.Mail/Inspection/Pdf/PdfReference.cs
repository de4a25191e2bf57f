namespace Weir.Mail.Inspection.Pdf;

/// <summary>A reference to an object.</summary>
internal sealed record PdfReference(int Number);
