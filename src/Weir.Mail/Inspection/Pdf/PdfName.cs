namespace Weir.Mail.Inspection.Pdf;

/// <summary>A name, without its slash and with its escapes resolved.</summary>
internal sealed record PdfName(string Value, bool IsEscaped);
