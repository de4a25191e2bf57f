using Weir.Mail.Archives;
using Weir.Mail.Contracts;
using Weir.Mail.Files;
using Weir.Mail.Mime;

namespace Weir.Mail.Inspection;

/// <summary>Reads the files of one message, and the files inside them.</summary>
internal sealed class FileReading(InspectionLimits limits)
{
    private readonly DefectList _defects = new();
    private readonly List<FileReport> _reports = [];
    private int _files;
    private long _embeddedBytes = limits.EmbeddedBytes;

    public InspectionResult Read(InspectionRequest request)
    {
        var archives = new ArchiveReading(limits.Parse, _defects);
        foreach (var file in request.Files)
        {
            Read(new FileToRead { FileType = file.FileType, FileName = file.FileName, Content = file.Content, PartPath = file.PartPath }, file.Sha256, archives);
        }

        return new InspectionResult { Files = _reports, Defects = _defects.All };
    }

    private void Read(FileToRead file, string sha256, ArchiveReading archives)
    {
        var found = new FileFindings(file.PartPath, limits, _defects);
        IReadOnlyList<ArchiveMember> members = [];
        if (++_files > limits.Files)
        {
            found.NotRead($"more than {limits.Files} files");
        }
        else if (file.Depth > limits.Depth)
        {
            found.NotRead($"files nested deeper than {limits.Depth}");
        }
        else if (ArchiveReading.IsArchive(file.FileType))
        {
            members = Unpack(file, found, archives);
        }
        else
        {
            foreach (var reader in FileReaders.All)
            {
                if ((file.Depth > 0 || !reader.OnlyInside) && reader.Reads(file.FileType))
                {
                    Read(reader, file, found);
                }
            }
        }

        // What is inside follows its container.
        var at = _reports.Count;
        foreach (var (name, content) in found.Files)
        {
            Inside(file, name, content, found, archives);
        }

        if (file.Depth == 0 || found.Features.Count > 0 || found.Urls.Count > 0 || members.Count > 0 || found.IsEncrypted || found.WhyNotRead.Length > 0)
        {
            _reports.Insert(at, new FileReport
            {
                PartPath = file.PartPath,
                Inside = file.Inside,
                FileType = file.FileType,
                FileName = file.FileName,
                Size = file.Content.Length,
                Sha256 = sha256.Length > 0 ? sha256 : Hashes.Of(file.Content.Span).Sha256,
                IsEncrypted = found.IsEncrypted,
                Features = found.Features,
                Urls = found.Urls,
                Members = members,
                NotRead = found.WhyNotRead,
            });
        }
    }

    private void Inside(FileToRead file, string name, ReadOnlyMemory<byte> content, FileFindings found, ArchiveReading archives)
    {
        // Members of an archive are paid for already.
        if (!ArchiveReading.IsArchive(file.FileType) && (_embeddedBytes -= content.Length) < 0)
        {
            found.NotRead($"more than {limits.EmbeddedBytes} bytes inside");
            return;
        }

        var type = FileTypes.Of(content, name);
        if (ArchiveReading.IsArchive(type) || FileReaders.ReadsInside(type))
        {
            Read(
                new FileToRead
                {
                    FileType = type,
                    FileName = FileNames.Clean(name),
                    Content = content,
                    PartPath = file.PartPath,
                    Inside = file.Inside.Length > 0 ? $"{file.Inside}/{name}" : name,
                    Depth = file.Depth + 1,
                },
                "",
                archives);
        }
    }

    private static IReadOnlyList<ArchiveMember> Unpack(FileToRead file, FileFindings found, ArchiveReading archives)
    {
        var archive = archives.Read(file.Content, file.FileType, file.FileName, (path, content, type) =>
        {
            if (FileReaders.ReadsInside(type))
            {
                found.Embedded(path, content);
            }
        });
        if (archive.IsEncrypted)
        {
            found.Encrypted();
        }

        if (archive.NotRead.Length > 0)
        {
            found.NotRead(archive.NotRead);
        }

        return archive.Members;
    }

    /// <summary>The only broad catch: what one reader cannot read is told, and the others still read.</summary>
    private static void Read(IFileReader reader, FileToRead file, FileFindings found)
    {
        try
        {
            reader.Read(file, found);
        }
#pragma warning disable CA1031 // Readers of hostile files throw every type of exception; the file is told as not read.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            found.NotRead($"{file.FileType} could not be read ({exception.GetType().Name})");
        }
    }
}
