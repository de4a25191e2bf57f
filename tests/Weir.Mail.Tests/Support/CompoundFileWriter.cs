using System.Buffers.Binary;
using System.Text;

namespace Weir.Mail.Tests.Support;

/// <summary>Writes compound files (MS-CFB, version 3): streams by their paths, short ones in the mini stream.</summary>
internal static class CompoundFileWriter
{
    private const int Sector = 512;
    private const int Cutoff = 4096;

    public static byte[] Write(params (string Path, byte[] Content)[] streams)
    {
        var body = new MemoryStream();
        var table = new List<uint>();
        var nodes = Nodes(streams);

        // Short streams one after the other, padded to 64 bytes.
        var mini = new MemoryStream();
        var miniTable = new List<uint>();
        foreach (var node in nodes.Where(node => node.Content is { Length: > 0 and < Cutoff }))
        {
            node.Start = (uint)miniTable.Count;
            var count = (node.Content!.Length + 63) / 64;
            miniTable.AddRange(Enumerable.Range(1, count).Select(i => i == count ? 0xFFFFFFFE : node.Start + (uint)i));
            mini.Write(node.Content);
            mini.Write(new byte[(count * 64) - node.Content.Length]);
        }

        uint Append(ReadOnlySpan<byte> content)
        {
            var start = (uint)table.Count;
            var count = Math.Max(1, (content.Length + Sector - 1) / Sector);
            table.AddRange(Enumerable.Range(1, count).Select(i => i == count ? 0xFFFFFFFE : start + (uint)i));
            body.Write(content);
            body.Write(new byte[(count * Sector) - content.Length]);
            return start;
        }

        foreach (var node in nodes.Where(node => node.Content is { Length: >= Cutoff }))
        {
            node.Start = Append(node.Content);
        }

        nodes[0].Start = Append(mini.ToArray());
        nodes[0].Size = (uint)mini.Length;
        var miniStart = Append(Numbers(miniTable));
        var directory = Append(Directory(nodes));
        var tables = ((table.Count + 1) / 127) + 1;
        var tableStart = (uint)table.Count;
        table.AddRange(Enumerable.Repeat(0xFFFFFFFDu, tables));
        var numbers = Numbers(table);
        var padded = new byte[tables * Sector];
        Array.Fill(padded, (byte)0xFF);
        numbers.CopyTo(padded, 0);
        body.Write(padded);
        return [.. Header(directory, miniStart, tableStart, tables), .. body.ToArray()];
    }

    private static byte[] Header(uint directory, uint miniStart, uint tableStart, int tables)
    {
        var header = new byte[Sector];
        new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 }.CopyTo(header, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(24), 0x0003003E);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(28), 0x0009FFFE);
        header[32] = 6;
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(44), tables);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(48), directory);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(56), Cutoff);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(60), miniStart);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(68), 0xFFFFFFFE);
        for (var i = 0; i < 109; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(76 + (i * 4)), i < tables ? tableStart + (uint)i : uint.MaxValue);
        }

        return header;
    }

    private static byte[] Numbers(List<uint> values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static List<Node> Nodes((string Path, byte[] Content)[] streams)
    {
        var nodes = new List<Node> { new() { Name = "Root Entry", Kind = 5 } };
        foreach (var (path, content) in streams)
        {
            var at = 0;
            var names = path.Split('/');
            for (var i = 0; i < names.Length; i++)
            {
                var isLast = i == names.Length - 1;
                var next = nodes.FindIndex(node => node.Parent == at && node.Name == names[i] && node.Kind == 1);
                if (next < 0)
                {
                    next = nodes.Count;
                    nodes.Add(new Node { Name = names[i], Parent = at, Kind = isLast ? (byte)2 : (byte)1, Content = isLast ? content : null, Size = isLast ? (uint)content.Length : 0 });

                    // Brothers hang one on the other to the right.
                    if (nodes[at].Child == uint.MaxValue)
                    {
                        nodes[at].Child = (uint)next;
                    }
                    else
                    {
                        nodes.Last(node => node.Parent == at && node != nodes[next]).Right = (uint)next;
                    }
                }

                at = next;
            }
        }

        return nodes;
    }

    private static byte[] Directory(List<Node> nodes)
    {
        var bytes = new byte[(nodes.Count + 3) / 4 * Sector];
        for (var i = 0; i < nodes.Count; i++)
        {
            var entry = bytes.AsSpan(i * 128, 128);
            var name = Encoding.Unicode.GetBytes(nodes[i].Name);
            name.CopyTo(entry);
            BinaryPrimitives.WriteInt16LittleEndian(entry[64..], (short)(name.Length + 2));
            entry[66] = nodes[i].Kind;
            BinaryPrimitives.WriteUInt32LittleEndian(entry[68..], uint.MaxValue);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[72..], nodes[i].Right);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[76..], nodes[i].Child);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[116..], nodes[i].Start);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[120..], nodes[i].Size);
        }

        return bytes;
    }

    private sealed class Node
    {
        public required string Name { get; init; }
        public int Parent { get; init; } = -1;
        public byte Kind { get; init; }
        public byte[]? Content { get; init; }
        public uint Right { get; set; } = uint.MaxValue;
        public uint Child { get; set; } = uint.MaxValue;
        public uint Start { get; set; }
        public uint Size { get; set; }
    }
}
