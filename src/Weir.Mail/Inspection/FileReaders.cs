using Weir.Kernel;
using Weir.Mail.Archives;

namespace Weir.Mail.Inspection;

/// <summary>All readers.</summary>
internal static class FileReaders
{
    public static IReadOnlyList<IFileReader> All { get; } =
        [.. PartsRegistration.EveryImplementation<IFileReader>(typeof(FileReaders).Assembly).Select(type => (IFileReader)Activator.CreateInstance(type)!)];

    /// <summary>True for a part of a message that needs a reader, or is an archive.</summary>
    public static bool ReadsInMessage(string fileType) => ArchiveReading.IsArchive(fileType) || All.Any(reader => !reader.OnlyInside && reader.Reads(fileType));

    /// <summary>True for a file inside another that is worth keeping until a reader comes to it.</summary>
    public static bool ReadsInside(string fileType) => All.Any(reader => reader.Reads(fileType));
}
