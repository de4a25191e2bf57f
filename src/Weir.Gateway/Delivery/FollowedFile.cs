using System.Security.Cryptography;
using System.Text;

namespace Weir.Gateway.Delivery;

/// <summary>
/// Reads the complete lines that are added to a file, across rotation by renaming (what is left in the old file is read first), truncation and restarts.
/// Holds no file open between calls.
/// </summary>
internal sealed class FollowedFile(string path)
{
    private const int MaxChunk = 1 << 20;
    private const int MaxLine = 64 << 10;
    private const int HeadBytes = 512;

    public FilePosition Position { get; private set; } = FilePosition.Start;

    /// <summary>Goes on where an earlier run stopped.</summary>
    public void Resume(FilePosition position) => Position = position;

    /// <summary>Begins behind what the file holds now: what happened before Weir came is not its business.</summary>
    public void SkipToEnd()
    {
        using var file = Open(path);
        Position = file is null ? FilePosition.Start : new FilePosition(Head(file), file.Length);
    }

    /// <summary>The next lines, at most about 1 MiB of them; none when there is nothing new.</summary>
    public IReadOnlyList<string> ReadLines()
    {
        using var current = Open(path);
        var head = current is null ? "" : Head(current);
        if (Position.Head.Length > 0 && head != Position.Head)
        {
            // Renamed away, or truncated and begun anew.
            using var renamed = FindRenamed();
            if (renamed is not null)
            {
                var left = ReadFrom(renamed, Position.Head, endsHere: current is not null);
                if (left.Count > 0 || current is null)
                {
                    return left;
                }
            }

            Position = FilePosition.Start;
        }

        return current is null || head.Length == 0 ? [] : ReadFrom(current, head, endsHere: false);
    }

    /// <summary>Lines from the position on.</summary>
    /// <param name="endsHere">Nothing will be added: a last line without its line feed is complete.</param>
    private List<string> ReadFrom(FileStream file, string head, bool endsHere)
    {
        var offset = Position.Offset <= file.Length ? Position.Offset : 0;
        file.Position = offset;
        var buffer = new byte[(int)Math.Min(MaxChunk, file.Length - offset)];
        var read = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var rest = buffer.AsSpan(0, read);
        var lines = new List<string>();
        var consumed = 0;
        while (rest[consumed..].IndexOf((byte)'\n') is >= 0 and var feed)
        {
            lines.Add(Text(rest.Slice(consumed, feed)));
            consumed += feed + 1;
        }

        if ((endsHere || consumed == 0) && consumed < read && (endsHere || read == MaxChunk))
        {
            // The last line of a file that is over, or one longer than any log writes.
            lines.Add(Text(rest[consumed..]));
            consumed = read;
        }

        Position = new FilePosition(head, offset + consumed);
        return lines;
    }

    private FileStream? FindRenamed()
    {
        var folder = Path.GetDirectoryName(path);
        if (string.IsNullOrEmpty(folder) || !System.IO.Directory.Exists(folder))
        {
            return null;
        }

        foreach (var candidate in System.IO.Directory.EnumerateFiles(folder, Path.GetFileName(path) + "*").Where(candidate => candidate != path).Order(StringComparer.Ordinal))
        {
            var file = Open(candidate);
            if (file is not null && Head(file) == Position.Head)
            {
                return file;
            }

            file?.Dispose();
        }

        return null;
    }

    private static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Fingerprint of the first line; empty while that is not complete.</summary>
    private static string Head(FileStream file)
    {
        file.Position = 0;
        var buffer = new byte[HeadBytes];
        var read = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var feed = buffer.AsSpan(0, read).IndexOf((byte)'\n');
        var length = feed >= 0 ? feed : read == HeadBytes ? read : 0;
        return length == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(buffer.AsSpan(0, length)))[..16];
    }

    private static string Text(ReadOnlySpan<byte> line) => Encoding.UTF8.GetString(line[..Math.Min(line.Length, MaxLine)]).TrimEnd('\r');
}
