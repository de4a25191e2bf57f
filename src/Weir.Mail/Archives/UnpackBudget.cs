using Weir.Mail.Contracts;
using Weir.Mail.Files;
using Weir.Mail.Mime;

namespace Weir.Mail.Archives;

/// <summary>What may still be unpacked of one message: members and bytes of all its archives together (zip bombs).</summary>
internal sealed class UnpackBudget(ParseLimits limits, DefectList defects)
{
    private long _bytes = limits.UnpackedBytes;
    private int _members = limits.ArchiveMembers;

    public int Members => _members;

    public bool IsSpent => _members <= 0 || _bytes <= 0;

    /// <summary>Why reading stopped; empty while it goes on.</summary>
    public string NotRead { get; private set; } = "";

    public bool TakeMember()
    {
        if (_members-- > 0)
        {
            return true;
        }

        Stop("too-many-archive-members", $"more than {limits.ArchiveMembers} members");
        return false;
    }

    public void Stop(string kind, string reason)
    {
        NotRead = reason;
        defects.Add(kind, $"An archive was not read to its end: {reason}.");
    }

    /// <summary>Starts the account of another archive.</summary>
    public void Begin() => NotRead = "";

    /// <summary>Reads a stream to its end or the end of the budget.</summary>
    /// <param name="isCut">There was more.</param>
    public byte[] Read(Stream stream, out bool isCut)
    {
        using var target = new MemoryStream();
        var buffer = new byte[64 << 10];
        isCut = false;
        for (var count = stream.Read(buffer, 0, buffer.Length); count > 0; count = stream.Read(buffer, 0, buffer.Length))
        {
            _bytes -= count;
            if (_bytes < 0)
            {
                isCut = true;
                Stop("archive-bomb", $"more than {limits.UnpackedBytes} bytes unpacked");
                break;
            }

            target.Write(buffer, 0, count);
        }

        return target.ToArray();
    }

    /// <summary>Charges bytes that need no unpacking.</summary>
    public bool Take(long count)
    {
        _bytes -= count;
        if (_bytes >= 0)
        {
            return true;
        }

        Stop("archive-bomb", $"more than {limits.UnpackedBytes} bytes unpacked");
        return false;
    }

    public static ArchiveMember Member(string path, ReadOnlySpan<byte> content, string fileType)
    {
        var hashes = Hashes.Of(content);
        return new ArchiveMember { Path = path, FileType = fileType, Size = content.Length, Md5 = hashes.Md5, Sha1 = hashes.Sha1, Sha256 = hashes.Sha256, IsEncrypted = OleKinds.IsEncrypted(content) };
    }

    public static ArchiveMember Unread(string path, long size, bool isEncrypted) =>
        new() { Path = path, FileType = FileTypes.Unknown, Size = Math.Max(0, size), IsEncrypted = isEncrypted };
}
