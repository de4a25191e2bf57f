namespace Weir.Mail.Inspection.Children;

/// <summary>What a child says when it is ready.</summary>
/// <param name="IsConfined">The system refuses it sockets, other programs and writing.</param>
internal sealed record InspectionHello(bool IsConfined);
