namespace Weir.Mail.Inspection.Pdf;

/// <summary>An operator of a content stream, or a word that belongs nowhere.</summary>
internal sealed record PdfWord(string Value);
