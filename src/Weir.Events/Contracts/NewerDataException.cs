namespace Weir.Events.Contracts;

/// <summary>The data was written by a newer Weir. This one would lose what it does not know, so it does not touch it.</summary>
public sealed class NewerDataException(string file, long found, long known)
    : Exception($"{file} was written by a newer version of Weir (form {found}; this version knows {known}). Start that version, or restore an older back-up.")
{
    public string File { get; } = file;
}
