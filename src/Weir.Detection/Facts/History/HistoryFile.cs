using System.Security.Cryptography;
using Weir.Detection.Facts.Knowledge.Reputation;

namespace Weir.Detection.Facts.History;

/// <summary>
/// Keeps a copy of the history so that a start need not read the whole log. Little-endian: mark, cursor (8), four lists each after its number (4),
/// SHA-256 of everything before. A file that is not exactly so, such as one of an older form, counts as none, and the log is read again.
/// </summary>
internal sealed class HistoryFile(string path)
{
    private static ReadOnlySpan<byte> Mark => "WeirHis3"u8;

    /// <summary>Nothing when there is no whole copy.</summary>
    public HistoryCopy? Read()
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(path);
        var end = bytes.Length - SHA256.HashSizeInBytes;
        if (end < Mark.Length + 8 || !bytes.AsSpan().StartsWith(Mark) || !SHA256.HashData(bytes.AsSpan(0, end)).AsSpan().SequenceEqual(bytes.AsSpan(end)))
        {
            return null;
        }

        using var reader = new BinaryReader(new MemoryStream(bytes, Mark.Length, end - Mark.Length, writable: false));
        try
        {
            return new HistoryCopy(reader.ReadInt64(), Many(reader, ReadCount), Many(reader, ReadCount), Many(reader, ReadMessage), Many(reader, ReadMessage));
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    }

    /// <summary>Replaces the file in one step.</summary>
    public void Write(HistoryCopy copy)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write(Mark);
        writer.Write(copy.Cursor);
        Many(writer, copy.Entries, WriteCount);
        Many(writer, copy.Standings, WriteCount);
        Many(writer, copy.Recent, WriteMessage);
        Many(writer, copy.Bad, WriteMessage);
        writer.Flush();
        writer.Write(SHA256.HashData(memory.GetBuffer().AsSpan(0, (int)memory.Length)));
        writer.Flush();
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path) ?? ".");
        using (var file = File.Create(path + ".new"))
        {
            memory.WriteTo(file);
        }

        File.Move(path + ".new", path, overwrite: true);
    }

    private static List<T> Many<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        var count = reader.ReadInt32();
        var all = new List<T>(Math.Clamp(count, 0, 1 << 20));
        for (var i = 0; i < count; i++)
        {
            all.Add(read(reader));
        }

        return all;
    }

    private static void Many<T>(BinaryWriter writer, IReadOnlyList<T> all, Action<BinaryWriter, T> write)
    {
        writer.Write(all.Count);
        foreach (var one in all)
        {
            write(writer, one);
        }
    }

    private static KeyValuePair<ulong, HistoryEntry> ReadCount(BinaryReader reader) =>
        KeyValuePair.Create(reader.ReadUInt64(), new HistoryEntry(reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadUInt64()));

    private static void WriteCount(BinaryWriter writer, KeyValuePair<ulong, HistoryEntry> count)
    {
        writer.Write(count.Key);
        writer.Write(count.Value.First);
        writer.Write(count.Value.Last);
        writer.Write(count.Value.Times);
        writer.Write(count.Value.Proven);
        writer.Write(count.Value.Owner);
    }

    private static RecentEntry ReadMessage(BinaryReader reader) => new(
        new Guid(reader.ReadBytes(16) is { Length: 16 } id ? id : throw new EndOfStreamException()),
        reader.ReadInt64(),
        reader.ReadUInt32(),
        (RecentVerdict)reader.ReadByte(),
        reader.ReadBoolean(),
        reader.ReadUInt64(),
        reader.ReadUInt64(),
        reader.ReadUInt64(),
        reader.ReadUInt64());

    private static void WriteMessage(BinaryWriter writer, RecentEntry entry)
    {
        writer.Write(entry.Message.ToByteArray());
        writer.Write(entry.Cluster);
        writer.Write(entry.Minute);
        writer.Write((byte)entry.Verdict);
        writer.Write(entry.IsFirst);
        writer.Write(entry.Sender);
        writer.Write(entry.SenderDomain);
        writer.Write(entry.Client);
        writer.Write(entry.Recipient);
    }
}
