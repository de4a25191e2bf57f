using Weir.Detection.Contracts;

namespace Weir.Server.Analysis;

/// <summary>One file and what Weir says of it.</summary>
/// <param name="File">As the caller names it.</param>
/// <param name="Judged">Nothing when the file could not be read or is no mail.</param>
/// <param name="Error">Why not; empty otherwise.</param>
internal sealed record AnalyzedFile(string File, JudgedMessage? Judged, double Milliseconds, string Error);
