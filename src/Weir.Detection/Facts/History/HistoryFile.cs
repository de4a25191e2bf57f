using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Weir.Detection.Facts.History;

/// <summary>
/// Keeps a copy of the history so that a start need not read the whole log. Little-endian: mark, cursor (8), entries of 32 bytes each
/// (key 8, first 4, last 4, times 4, proven 4, owner 8), SHA-256 of everything before. A file that is not exactly so counts as none.
/// </summary>
internal sealed class HistoryFile(string path)
{
    private const int EntryBytes = 32;

    private static ReadOnlySpan<byte> Mark => "WeirHis1"u8;

    /// <summary>Nothing when there is no whole copy.</summary>
    public (long Cursor, IReadOnlyList<KeyValuePair<ulong, HistoryEntry>> Entries)? Read()
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(path).AsSpan();
        var end = bytes.Length - SHA256.HashSizeInBytes;
        if (end < Mark.Length + 8 || !bytes.StartsWith(Mark) || (end - Mark.Length - 8) % EntryBytes != 0 || !SHA256.HashData(bytes[..end]).AsSpan().SequenceEqual(bytes[end..]))
        {
            return null;
        }

        var entries = new List<KeyValuePair<ulong, HistoryEntry>>((end - Mark.Length - 8) / EntryBytes);
        for (var rest = bytes[(Mark.Length + 8)..end]; rest.Length > 0; rest = rest[EntryBytes..])
        {
            entries.Add(KeyValuePair.Create(
                BinaryPrimitives.ReadUInt64LittleEndian(rest),
                new HistoryEntry(
                    BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(rest[12..]),
                    BinaryPrimitives.ReadInt32LittleEndian(rest[16..]),
                    BinaryPrimitives.ReadInt32LittleEndian(rest[20..]),
                    BinaryPrimitives.ReadUInt64LittleEndian(rest[24..]))));
        }

        return (BinaryPrimitives.ReadInt64LittleEndian(bytes[Mark.Length..]), entries);
    }

    /// <summary>Replaces the file in one step.</summary>
    public void Write(long cursor, IReadOnlyCollection<KeyValuePair<ulong, HistoryEntry>> entries)
    {
        var end = Mark.Length + 8 + (entries.Count * EntryBytes);
        var bytes = new byte[end + SHA256.HashSizeInBytes];
        Mark.CopyTo(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(Mark.Length), cursor);
        var rest = bytes.AsSpan(Mark.Length + 8);
        foreach (var (key, entry) in entries)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(rest, key);
            BinaryPrimitives.WriteUInt32LittleEndian(rest[8..], entry.First);
            BinaryPrimitives.WriteUInt32LittleEndian(rest[12..], entry.Last);
            BinaryPrimitives.WriteInt32LittleEndian(rest[16..], entry.Times);
            BinaryPrimitives.WriteInt32LittleEndian(rest[20..], entry.Proven);
            BinaryPrimitives.WriteUInt64LittleEndian(rest[24..], entry.Owner);
            rest = rest[EntryBytes..];
        }

        SHA256.HashData(bytes.AsSpan(0, end), bytes.AsSpan(end));
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path) ?? ".");
        File.WriteAllBytes(path + ".new", bytes);
        File.Move(path + ".new", path, overwrite: true);
    }
}
