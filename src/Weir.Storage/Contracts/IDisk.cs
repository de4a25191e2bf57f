namespace Weir.Storage.Contracts;

/// <summary>The disk as far as Weir has to know it.</summary>
public interface IDisk
{
    /// <summary>Bytes that this process may still write where the path lies.</summary>
    long FreeBytes(string path);
}
