using Weir.Mail.Archives;
using Weir.Mail.Contracts;
using Weir.Mail.Files;
using Weir.Mail.Inspection.Passwords;
using Weir.Mail.Inspection.Pictures;
using Weir.Mail.Inspection.Yara;
using Weir.Mail.Mime;

namespace Weir.Mail.Inspection;

/// <summary>Reads the files of one message, and the files inside them.</summary>
internal sealed class FileReading
{
    private readonly InspectionLimits _limits;
    private readonly YaraRules? _rules;
    private readonly DefectList _defects = new();
    private readonly PictureShelf _shelf = new();
    private readonly ArchiveReading _archives;
    private List<FileReport> _reports = [];
    private PasswordTrial? _passwords;
    private int _files;
    private int _urls;
    private int _features;
    private long _embeddedBytes;

    /// <param name="limits">Of all files of one message together.</param>
    public FileReading(InspectionLimits limits, YaraRules? rules = null)
    {
        _limits = limits;
        _rules = rules;
        _archives = new ArchiveReading(limits.Parse, _defects);
        _urls = limits.Urls;
        _features = limits.Features;
        _embeddedBytes = limits.EmbeddedBytes;
    }

    /// <summary>Reads the next file of the message.</summary>
    public InspectionResult Read(FileToInspect file)
    {
        var told = _defects.All.Count;
        _reports = [];
        Read(new FileToRead { FileType = file.FileType, FileName = file.FileName, Content = file.Content, PartPath = file.PartPath, Passwords = _passwords ??= new PasswordTrial(file.Passwords) }, file.Sha256);
        return new InspectionResult { Files = _reports, Defects = [.. _defects.All.Skip(told)] };
    }

    private void Read(FileToRead file, string sha256)
    {
        var found = new FileFindings(file.PartPath, new FindingLimits(_urls, _features, _limits.Files), _defects, _shelf);
        IReadOnlyList<ArchiveMember> members = [];
        if (++_files > _limits.Files)
        {
            found.Exhausted($"more than {_limits.Files} files");
        }
        else if (file.Depth > _limits.Depth)
        {
            found.NotRead($"files nested deeper than {_limits.Depth}");
        }
        else if (ArchiveReading.IsArchive(file.FileType))
        {
            members = Unpack(file, found);
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

        if (file.FileType is "png" or "jpg" or "gif" or "bmp" or "webp" or "pdf" && Appended(file.Content.Span) is > 0 and var appended)
        {
            found.Feature("appended-archive", $"behind its end stands a ZIP file, at byte {appended}", appended);
            found.Embedded("appended.zip", file.Content[appended..]);
        }

        // A part that comes twice for two readers is scanned once.
        if (_rules is not null && !file.FileType.Contains(' ', StringComparison.Ordinal) && _files <= _limits.Files)
        {
            _rules.Scan(file.Content, found);
        }

        _urls -= found.Urls.Count;
        _features -= found.Features.Count;

        // What is inside follows its container.
        var at = _reports.Count;
        foreach (var (name, content) in found.Files)
        {
            Inside(file, name, content, found);
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

    private void Inside(FileToRead file, string name, ReadOnlyMemory<byte> content, FileFindings found)
    {
        // Members of an archive are paid for already.
        if (!ArchiveReading.IsArchive(file.FileType) && (_embeddedBytes -= content.Length) < 0)
        {
            found.Exhausted($"more than {_limits.EmbeddedBytes} bytes inside");
            return;
        }

        var type = FileTypes.Of(content, name);
        if (ArchiveReading.IsArchive(type) || _rules is not null || FileReaders.ReadsInside(type))
        {
            Read(
                new FileToRead
                {
                    FileType = type,
                    FileName = FileNames.Clean(name),
                    Content = content,
                    PartPath = file.PartPath,
                    Inside = file.Inside.Length > 0 ? $"{file.Inside}/{name}" : name,
                    Passwords = file.Passwords,
                    Depth = file.Depth + 1,
                },
                "");
        }
    }

    /// <summary>Where a ZIP begins whose directory ends the file: readers of ZIP look from the end, and see it in whatever stands before.</summary>
    private static int Appended(ReadOnlySpan<byte> content)
    {
        var tail = content[Math.Max(0, content.Length - 65_600)..];
        return tail.LastIndexOf("PK\u0005\u0006"u8) >= 0 ? content.IndexOf("PK\u0003\u0004"u8) : -1;
    }

    private IReadOnlyList<ArchiveMember> Unpack(FileToRead file, FileFindings found)
    {
        var opened = file.Passwords.Files;
        var archive = _archives.Read(file.Content, file.FileType, file.FileName, (path, content, type) =>
        {
            if (_rules is not null || FileReaders.ReadsInside(type))
            {
                found.Embedded(path, content);
            }
        }, file.Passwords);
        if (archive.IsEncrypted)
        {
            found.Encrypted();
        }

        if (file.Passwords.Files > opened)
        {
            found.OpenedWith(file.Passwords);
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
