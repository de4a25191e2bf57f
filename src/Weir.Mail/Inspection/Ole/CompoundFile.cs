using System.Buffers.Binary;
using System.Text;

namespace Weir.Mail.Inspection.Ole;

/// <summary>
/// Reads OLE compound files (MS-CFB) of any shape: chains that turn in circles end, sectors beyond the file are left out. Every chain is followed at most
/// once over the sectors of the file, no stream is longer than the file, and all reading together is no more than some times the file.
/// </summary>
internal sealed class CompoundFile
{
    private const int HeaderLength = 512;
    private const int EntryLength = 128;
    private const int MostEntries = 20_000;
    private const uint LastRegular = 0xFFFF_FFFA;

    private readonly ReadOnlyMemory<byte> _file;
    private readonly int _shift;
    private readonly int _miniShift;
    private readonly uint _miniCutoff;
    private readonly List<uint> _tables = [];
    private readonly List<uint> _miniTable = [];
    private readonly byte[] _miniStream = [];

    /// <summary>Thousands of entries may all name one long chain.</summary>
    private long _left;

    private CompoundFile(ReadOnlyMemory<byte> file)
    {
        _file = file;
        _left = (8L * file.Length) + (1 << 20);
        var header = file.Span;
        _shift = BinaryPrimitives.ReadUInt16LittleEndian(header[30..]) is 12 ? 12 : 9;
        _miniShift = BinaryPrimitives.ReadUInt16LittleEndian(header[32..]) is >= 4 and <= 9 and var mini ? mini : 6;
        _miniCutoff = BinaryPrimitives.ReadUInt32LittleEndian(header[56..]) is > 0 and <= 1 << 20 and var cutoff ? cutoff : 4_096;
        FindTables(header);
        var directory = Chain(BinaryPrimitives.ReadUInt32LittleEndian(header[48..]), MostEntries * EntryLength);
        foreach (var bytes in Chain(BinaryPrimitives.ReadUInt32LittleEndian(header[60..]), file.Length).Chunk(4).Where(chunk => chunk.Length == 4))
        {
            _miniTable.Add(BinaryPrimitives.ReadUInt32LittleEndian(bytes));
        }

        var raw = RawEntries(directory);
        if (raw.Count > 0)
        {
            RootClass = raw[0].Class;
            _miniStream = Chain(raw[0].Start, Math.Min(raw[0].Size, file.Length));
        }

        Entries = Tree(raw);
        Broken = Entries.Count == 0 ? "its directory cannot be read" : "";
    }

    /// <summary>Everything in the file but the root; what the tree has lost stands at the root.</summary>
    public IReadOnlyList<CompoundEntry> Entries { get; }

    public string RootClass { get; } = "";

    /// <summary>What is missing of the file, for people; empty while nothing that was read is.</summary>
    public string Broken { get; private set; } = "";

    /// <summary>Nothing when the bytes are no compound file.</summary>
    public static CompoundFile? Open(ReadOnlyMemory<byte> file) =>
        file.Length > HeaderLength && file.Span.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) ? new CompoundFile(file) : null;

    public CompoundEntry? Find(string path) => Entries.FirstOrDefault(entry => entry.Path.Equals(path, StringComparison.OrdinalIgnoreCase));

    /// <summary>The bytes of a stream, at most this many; empty when there is no such stream.</summary>
    public ReadOnlyMemory<byte> Read(string path, int most = int.MaxValue) => Find(path) is { IsStream: true } entry ? Read(entry, most) : default;

    public ReadOnlyMemory<byte> Read(CompoundEntry entry, int most = int.MaxValue)
    {
        var length = (int)Math.Min(Math.Min(entry.Size, most), Math.Min(_file.Length, Math.Max(0, _left)));
        var content = entry.Size >= _miniCutoff ? Chain(entry.Start, length) : MiniChain(entry.Start, length);
        _left -= content.Length;
        if (content.Length < Math.Min(entry.Size, most) && Broken.Length == 0)
        {
            Broken = $"{entry.Name.TrimStart('\u0001', '\u0005')} ends early";
        }

        return content;
    }

    /// <summary>109 sectors of the table stand in the header, the others in a chain of lists.</summary>
    private void FindTables(ReadOnlySpan<byte> header)
    {
        for (var i = 0; i < 109; i++)
        {
            Add(BinaryPrimitives.ReadUInt32LittleEndian(header[(76 + (i * 4))..]));
        }

        var perSector = (1 << _shift) / 4;
        var sector = BinaryPrimitives.ReadUInt32LittleEndian(header[68..]);
        for (var seen = 0; sector < LastRegular && seen <= _file.Length >> _shift; seen++)
        {
            var bytes = Sector(sector);
            if (bytes.Length < 1 << _shift)
            {
                return;
            }

            for (var i = 0; i < perSector - 1; i++)
            {
                Add(BinaryPrimitives.ReadUInt32LittleEndian(bytes[(i * 4)..]));
            }

            sector = BinaryPrimitives.ReadUInt32LittleEndian(bytes[((perSector - 1) * 4)..]);
        }

        void Add(uint table)
        {
            // A list that names the same sector over and over would be longer than the file.
            if (table < LastRegular && _tables.Count <= _file.Length >> _shift)
            {
                _tables.Add(table);
            }
        }
    }

    private ReadOnlySpan<byte> Sector(uint sector)
    {
        var start = ((long)sector + 1) << _shift;
        return start >= _file.Length ? [] : _file.Span.Slice((int)start, Math.Min(1 << _shift, _file.Length - (int)start));
    }

    private uint Next(uint sector)
    {
        var perTable = (uint)(1 << (_shift - 2));
        if (sector / perTable >= _tables.Count)
        {
            return uint.MaxValue;
        }

        var table = Sector(_tables[(int)(sector / perTable)]);
        var at = (int)(sector % perTable * 4);
        return at + 4 > table.Length ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(table[at..]);
    }

    private byte[] Chain(uint sector, long most)
    {
        var target = new MemoryStream();
        for (var seen = 0; sector < LastRegular && target.Length < most && seen <= _file.Length >> _shift; seen++)
        {
            var bytes = Sector(sector);
            target.Write(bytes[..(int)Math.Min(bytes.Length, most - target.Length)]);
            sector = Next(sector);
        }

        return target.ToArray();
    }

    private byte[] MiniChain(uint sector, int most)
    {
        var target = new MemoryStream();
        for (var seen = 0; sector < LastRegular && target.Length < most && seen <= _miniTable.Count; seen++)
        {
            var start = (long)sector << _miniShift;
            if (start >= _miniStream.Length)
            {
                break;
            }

            target.Write(_miniStream.AsSpan((int)start, (int)Math.Min(Math.Min(1 << _miniShift, _miniStream.Length - start), most - target.Length)));
            sector = sector < _miniTable.Count ? _miniTable[(int)sector] : uint.MaxValue;
        }

        return target.ToArray();
    }

    private static List<RawEntry> RawEntries(ReadOnlySpan<byte> directory)
    {
        var entries = new List<RawEntry>();
        for (var at = 0; at + EntryLength <= directory.Length; at += EntryLength)
        {
            var bytes = directory.Slice(at, EntryLength);
            var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[64..]);
            entries.Add(new RawEntry(
                length is >= 2 and <= 64 ? Encoding.Unicode.GetString(bytes[..(length - 2)]) : "",
                bytes[66],
                BinaryPrimitives.ReadUInt32LittleEndian(bytes[68..]),
                BinaryPrimitives.ReadUInt32LittleEndian(bytes[72..]),
                BinaryPrimitives.ReadUInt32LittleEndian(bytes[76..]),
                Convert.ToHexStringLower(bytes.Slice(80, 16)),
                BinaryPrimitives.ReadUInt32LittleEndian(bytes[116..]),
                BinaryPrimitives.ReadUInt32LittleEndian(bytes[120..])));
        }

        return entries;
    }

    private static List<CompoundEntry> Tree(List<RawEntry> raw)
    {
        var entries = new List<CompoundEntry>();
        var seen = new bool[raw.Count];
        var waiting = new Stack<(uint Index, string Parent)>();
        if (raw.Count > 0)
        {
            seen[0] = true;
            waiting.Push((raw[0].Child, ""));
        }

        while (waiting.TryPop(out var next))
        {
            if (next.Index >= raw.Count || seen[(int)next.Index])
            {
                continue;
            }

            seen[(int)next.Index] = true;
            var entry = raw[(int)next.Index];

            // A path as long as the directory would cost its square.
            var path = next.Parent.Length is 0 or > 1_000 ? entry.Name : $"{next.Parent}/{entry.Name}";
            entries.Add(entry.At(path));
            waiting.Push((entry.Left, next.Parent));
            waiting.Push((entry.Right, next.Parent));
            waiting.Push((entry.Child, path));
        }

        entries.AddRange(raw.Where((entry, index) => !seen[index] && entry.Kind is (1 or 2) && entry.Name.Length > 0).Select(entry => entry.At(entry.Name)));
        return entries;
    }

    private readonly record struct RawEntry(string Name, byte Kind, uint Left, uint Right, uint Child, string Class, uint Start, uint Size)
    {
        public CompoundEntry At(string path) => new(path, Name, Kind == 2, Start, Size, Class);
    }
}
