using Weir.Kql.Contracts;

namespace Weir.Kql.Syntax;

/// <summary>Finds line and column of a place in a text.</summary>
internal sealed class Lines(string text)
{
    public KqlDiagnostic Diagnostic(Complaint complaint)
    {
        var before = text.AsSpan(0, Math.Clamp(complaint.Span.Start, 0, text.Length));
        var line = before.Count('\n') + 1;
        return new KqlDiagnostic(complaint.Message, line, before.Length - (before.LastIndexOf('\n') + 1) + 1, complaint.IsError);
    }
}
