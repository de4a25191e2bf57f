using Weir.Mail.Contracts;
using Weir.Mail.Files;
using Weir.Mail.Inspection.Passwords;
using Weir.Mail.Mime;

namespace Weir.Mail.Archives;

/// <summary>Lists what archives hold, archives inside archives too (<c>inner.zip/file.exe</c>), within the limits of the message.</summary>
internal sealed class ArchiveReading(ParseLimits limits, DefectList defects)
{
    private readonly UnpackBudget _budget = new(limits, defects);
    private PasswordTrial _passwords = PasswordTrial.None;

    /// <summary>Takes a member that is no archive: its path, content and file type.</summary>
    public delegate void Opened(string path, ReadOnlyMemory<byte> content, string fileType);

    public MailPart Read(MailPart part)
    {
        if (limits.LeavesArchives || !IsArchive(part.FileType))
        {
            return part;
        }

        var archive = Read(part.Content, part.FileType, part.FileName, null);
        return part with
        {
            Members = archive.Members,
            IsEncrypted = part.IsEncrypted || archive.IsEncrypted,
            NotRead = part.NotRead.Length > 0 ? part.NotRead : archive.NotRead,
        };
    }

    /// <summary>Lists one archive, and hands its members on where somebody reads them.</summary>
    public ArchiveContent Read(ReadOnlyMemory<byte> content, string fileType, string name, Opened? opened, PasswordTrial? passwords = null)
    {
        _passwords = passwords ?? PasswordTrial.None;
        _budget.Begin();
        var members = new List<ArchiveMember>();
        var openedBefore = _passwords.Files;
        var encrypted = Open(new Source(content, fileType, name, "", 1), members, opened);
        return new ArchiveContent(members, encrypted || _passwords.Files > openedBefore || members.Exists(member => member.IsEncrypted), _budget.NotRead);
    }

    /// <summary>Name and content of the files in a TNEF part.</summary>
    /// <param name="notRead">Why it was not read to its end; empty when it was.</param>
    public List<(string Name, ReadOnlyMemory<byte> Content)> Files(ReadOnlyMemory<byte> tnef, out string notRead)
    {
        _budget.Begin();
        var files = new List<(string, ReadOnlyMemory<byte>)>();
        try
        {
            TnefFiles.Read(tnef, _budget, (name, content) => files.Add((name, content)));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _budget.Stop("broken-tnef", $"winmail.dat could not be read ({exception.GetType().Name})");
        }

        if (_budget.NotRead.Length == 0 && !TnefFiles.IsWhole(tnef.Span))
        {
            _budget.Stop("broken-tnef", "winmail.dat is broken");
        }

        notRead = _budget.NotRead;
        return files;
    }

    /// <summary>Documents that are ZIP files too are not archives to a reader.</summary>
    public static bool IsArchive(string fileType) =>
        fileType is "zip" or "jar" or "7z" or "rar" or "tar" or "gz" or "bz2" or "xz" or "zst" or "z" or "lz" or "cab" or "arj" or "ace" or "iso" or "apk" or "appx";

    /// <summary>True when a password is needed even for the names.</summary>
    private bool Open(Source source, List<ArchiveMember> members, Opened? opened)
    {
        var (content, fileType, name, prefix, depth) = source;
        if (depth > limits.ArchiveDepth)
        {
            _budget.Stop("archive-too-deep", $"archives nested deeper than {limits.ArchiveDepth}");
            return false;
        }

        void Found(string path, ReadOnlyMemory<byte> bytes)
        {
            var type = FileTypes.Of(bytes, path);
            members.Add(UnpackBudget.Member(prefix + path, bytes.Span, type));
            if (IsArchive(type))
            {
                Open(new Source(bytes, type, path, $"{prefix}{path}/", depth + 1), members, opened);
            }
            else
            {
                opened?.Invoke(prefix + path, bytes, type);
            }
        }

        void Unread(string path, long size, bool isEncrypted) => members.Add(UnpackBudget.Unread(prefix + path, size, isEncrypted));

        try
        {
            switch (fileType)
            {
                case "zip" or "jar" or "apk" or "appx":
                    ZipMembers.Read(content, _passwords, _budget, Found, Unread);
                    return false;
                case "tar":
                    TarMembers.Read(content, _budget, Found);
                    return false;
                case "cab":
                    CabDirectory.Read(content.Span, _budget, Unread);
                    return false;
                case "iso":
                    IsoDirectory.Read(content, _budget, Found);
                    return false;
                case "gz" or "bz2" or "xz" or "zst" or "z" or "lz":
                    SingleFile.Read(content, fileType, name, _budget, Found);
                    return false;
                default:
                    return OtherArchives.Read(content, fileType, _passwords, _budget, Found, Unread);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Decoders of compressed data throw every type of exception on broken input; what was listed so far stays.
            _budget.Stop("broken-archive", $"{fileType} could not be read ({exception.GetType().Name})");
            return exception.GetType().Name.Contains("Crypto", StringComparison.Ordinal) || exception.Message.Contains("password", StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <param name="Prefix">The path of the archive inside the first one, with a slash.</param>
    private readonly record struct Source(ReadOnlyMemory<byte> Content, string FileType, string Name, string Prefix, int Depth);
}
