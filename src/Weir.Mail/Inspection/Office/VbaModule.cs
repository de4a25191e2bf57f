namespace Weir.Mail.Inspection.Office;

/// <summary>One module of macros.</summary>
/// <param name="Place">Where it lies in the file.</param>
/// <param name="Source">As its author sees it, without the lines of attributes.</param>
internal sealed record VbaModule(string Name, string Place, string Source);
