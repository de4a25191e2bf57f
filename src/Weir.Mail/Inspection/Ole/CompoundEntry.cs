namespace Weir.Mail.Inspection.Ole;

/// <summary>A storage or stream of a compound file.</summary>
/// <param name="Path">Names from the root, with slashes: <c>Macros/VBA/dir</c>.</param>
/// <param name="Start">First sector.</param>
/// <param name="Size">As declared; more cannot be read.</param>
/// <param name="Class">Class of a storage, as sixteen bytes in hex.</param>
internal sealed record CompoundEntry(string Path, string Name, bool IsStream, uint Start, long Size, string Class)
{
    /// <summary>The path of the storage that holds it; empty for the root.</summary>
    public string Parent => Path.Length > Name.Length ? Path[..^(Name.Length + 1)] : "";
}
