namespace Weir.Mail.Inspection;

/// <summary>
/// Reads one kind of file. Found by convention: one sealed class with a constructor without parameters, one file, in <c>Inspection/Readers</c>; it keeps no state between files.
/// It runs in a child process with a limit of time and memory; what it throws is told as not read, what it found before stays.
/// </summary>
internal interface IFileReader
{
    /// <summary>True for the types (by content) that it reads.</summary>
    bool Reads(string fileType);

    /// <summary>True when a part of the message itself is read elsewhere already, and only files inside of others are left.</summary>
    bool OnlyInside => false;

    void Read(FileToRead file, FileFindings found);
}
